package dev.sidestream.e2e.history;

import java.util.List;

/**
 * What a {@link HistoryChecker} found.
 *
 * @param seed of the run
 * @param published how many publications were sent
 * @param acknowledged how many of them were acknowledged; the outcome of the others is unknown, or they were refused
 * @param received how many messages all clients together handled
 * @param repeated how many they dropped because they had seen them; allowed
 * @param gaps how many gaps they were told of; allowed
 * @param lost acknowledged publications that a client never got, one line each
 * @param doubled what appeared twice
 * @param reordered what appeared in another order than it was accepted in
 * @param silent where a client was moved on without a gap
 * @param phantoms what nobody published, or what two clients saw differently
 */
public record Verdict(
        long seed,
        int published,
        int acknowledged,
        int received,
        int repeated,
        int gaps,
        List<String> lost,
        List<String> doubled,
        List<String> reordered,
        List<String> silent,
        List<String> phantoms) {

    /** Whether nothing is wrong. */
    public boolean isClean() {
        return lost.isEmpty() && doubled.isEmpty() && reordered.isEmpty() && silent.isEmpty() && phantoms.isEmpty();
    }

    /** The figures in one line, and below it the first few things that are wrong. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("published " + published + ", acknowledged " + acknowledged
                + ", received "
                + received + ", repeated " + repeated + ", gaps told " + gaps + "; lost " + lost.size() + ", doubled "
                + doubled.size() + ", reordered " + reordered.size() + ", silent " + silent.size() + ", phantoms "
                + phantoms.size() + " (seed " + seed + ")");
        List.of(lost, doubled, reordered, silent, phantoms)
                .forEach(wrong -> wrong.stream()
                        .limit(10)
                        .forEach(line -> text.append("\n  ").append(line)));
        return text.toString();
    }
}
