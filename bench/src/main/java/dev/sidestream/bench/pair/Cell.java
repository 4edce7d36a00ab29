package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.Lab;

/** One cost that two builds are compared by. */
interface Cell {

    /** The bound where nothing speaks for another one: what a quiet machine can tell from noise. */
    double USUAL_BOUND = 1.05;

    /** What it is called on the command line. */
    String name();

    /** What it measures, in a few words. */
    String description();

    /** What a figure counts; less is better. */
    String unit();

    /** The highest ratio of the newer build's figure to the older one's, unless another one is asked for. */
    default double bound() {
        return USUAL_BOUND;
    }

    /**
     * Measures one build once, in processes of its own that have ended when this returns. The work before and during the
     * measurement is the same for every build, however long it takes it.
     */
    Figures run(Lab lab);
}
