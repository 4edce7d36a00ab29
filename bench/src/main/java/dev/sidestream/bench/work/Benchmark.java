package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Lab;
import java.util.List;

/** One thing that is measured. */
public interface Benchmark {

    /** What it is called on the command line. */
    String name();

    /** What it measures, in a few words. */
    String description();

    /** Measures it; takes seconds to minutes. */
    List<Row> run(Lab lab);
}
