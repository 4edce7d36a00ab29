package dev.sidestream.bench.pair;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A build that is compared.
 *
 * @param checkout the folder that it is in
 * @param name what the report calls it
 * @param settings further arguments of its nodes
 */
record Candidate(Path checkout, String name, List<String> settings) {

    /** The checkout that this program comes from. */
    static final Candidate HERE = new Candidate(Path.of(""), "this checkout", List.of());

    Candidate {
        settings = List.copyOf(settings);
    }

    Candidate in(String folder) {
        return new Candidate(Path.of(folder), name, settings);
    }

    Candidate called(String other) {
        return new Candidate(checkout, other, settings);
    }

    Candidate set(String setting) {
        return new Candidate(
                checkout,
                name,
                Stream.concat(settings.stream(), Stream.of("--" + setting)).toList());
    }

    String title() {
        return String.join(
                " ", Stream.concat(Stream.of(name), settings.stream()).toList());
    }
}
