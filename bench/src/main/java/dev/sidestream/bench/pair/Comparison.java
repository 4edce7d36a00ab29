package dev.sidestream.bench.pair;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the pairs of a cell say.
 *
 * @param bound the highest median ratio that is accepted
 * @param pairs at least one
 */
record Comparison(Cell cell, double bound, List<Pair> pairs) {

    Comparison {
        pairs = List.copyOf(pairs);
    }

    /** The median of the ratios of each pair: what the machine did meanwhile met both of a pair, so it hardly shows here. */
    double ratio() {
        return median(Pair::ratio);
    }

    double ratio(String part) {
        return median(pair -> pair.ratio(part));
    }

    double lowest() {
        return pairs.stream().mapToDouble(Pair::ratio).min().orElseThrow();
    }

    double highest() {
        return pairs.stream().mapToDouble(Pair::ratio).max().orElseThrow();
    }

    /** The median of one build's figures, in the cell's unit. */
    double figure(Side side) {
        return median(pair -> pair.of(side).figure());
    }

    boolean isWithinBound() {
        return ratio() <= bound;
    }

    long wrong() {
        return pairs.stream()
                .mapToLong(pair -> pair.older().wrong() + pair.newer().wrong())
                .sum();
    }

    /** The most of both builds and all pairs. */
    double most(ToDoubleFunction<Figures> of) {
        return pairs.stream()
                .mapToDouble(pair -> Math.max(of.applyAsDouble(pair.older()), of.applyAsDouble(pair.newer())))
                .max()
                .orElseThrow();
    }

    private double median(ToDoubleFunction<Pair> of) {
        double[] sorted = pairs.stream().mapToDouble(of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
