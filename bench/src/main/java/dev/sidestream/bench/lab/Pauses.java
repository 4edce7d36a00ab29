package dev.sidestream.bench.lab;

import java.util.List;

/**
 * Stops of a JVM by its garbage collector.
 *
 * @param count how many
 * @param p99 milliseconds; 0 when there were none
 * @param max milliseconds; 0 when there were none
 * @param full how many of them collected the whole heap
 */
public record Pauses(int count, double p99, double max, int full) {

    static Pauses of(List<Double> millis, int full) {
        List<Double> sorted = millis.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return new Pauses(0, 0, 0, 0);
        }
        int rank = (int) Math.ceil(0.99 * sorted.size()) - 1;
        return new Pauses(sorted.size(), sorted.get(rank), sorted.getLast(), full);
    }
}
