package dev.sidestream.bench.plot;

import java.util.List;

/** Points of one line. */
public record Series(String name, List<Point> points) {

    /** Both coordinates are above 0: the axes are logarithmic. */
    public record Point(double x, double y) {}

    public Series {
        points = List.copyOf(points);
    }
}
