package dev.sidestream.bench.pair;

/** One run of each build, one right after the other. */
record Pair(Figures older, Figures newer) {

    Figures of(Side side) {
        return side == Side.OLD ? older : newer;
    }

    /** The newer build's figure for each one of the older's: below 1 it is cheaper. */
    double ratio() {
        return newer.figure() / older.figure();
    }

    /** The same of a part; NaN where the older build has nothing of it. */
    double ratio(String part) {
        double before = older.parts().getOrDefault(part, 0.0);
        return before > 0 ? newer.parts().getOrDefault(part, 0.0) / before : Double.NaN;
    }
}
