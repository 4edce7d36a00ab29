package dev.sidestream.bench.pair;

/** Which of the two builds. */
enum Side {
    OLD,
    NEW;

    String word() {
        return this == OLD ? "old" : "new";
    }
}
