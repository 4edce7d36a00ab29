package dev.sidestream.bench.pair;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line, as {@code bench/pairs} hands it on.
 *
 * @param older what the other one is measured by
 * @param newer the other one
 * @param cells what is measured, in this order
 * @param bounds by cell, where they are not the usual ones
 * @param pairs how many times each build is measured
 * @param results folder for report, records and logs
 * @param quick short runs: shows that everything works, not how fast
 * @param list only say what can be measured
 */
record Arguments(
        Candidate older,
        Candidate newer,
        List<Cell> cells,
        Map<String, Double> bounds,
        int pairs,
        Path results,
        boolean quick,
        boolean list) {

    /** Fails with IllegalArgumentException on anything that it does not know. */
    static Arguments parse(String... args) {
        Candidate older = Candidate.HERE;
        Candidate newer = Candidate.HERE;
        List<Cell> cells = Cells.USUAL;
        Map<String, Double> bounds = new HashMap<>();
        int pairs = 5;
        Path results = Path.of("bench", "target", "results", "pairs");
        boolean quick = false;
        boolean list = false;
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            switch (parts[0]) {
                case "--old" -> older = older.in(value);
                case "--new" -> newer = newer.in(value);
                case "--name-old" -> older = older.called(value);
                case "--name-new" -> newer = newer.called(value);
                case "--set-old" -> older = older.set(value);
                case "--set-new" -> newer = newer.set(value);
                case "--cells" -> cells = cells(value);
                case "--bound" -> bound(value, bounds);
                case "--pairs" -> pairs = positive(value);
                case "--out" -> results = Path.of(value);
                case "--short" -> quick = true;
                case "--list" -> list = true;
                default -> throw new IllegalArgumentException("there is no option " + parts[0]);
            }
        }
        return new Arguments(older, newer, cells, bounds, pairs, results.toAbsolutePath(), quick, list);
    }

    Candidate of(Side side) {
        return side == Side.OLD ? older : newer;
    }

    double bound(Cell cell) {
        return bounds.getOrDefault(cell.name(), cell.bound());
    }

    private static List<Cell> cells(String names) {
        return names.equals("all")
                ? Cells.stream().toList()
                : Arrays.stream(names.split(",")).map(Cells::named).toList();
    }

    private static void bound(String text, Map<String, Double> bounds) {
        String[] parts = text.split("=", 2);
        try {
            bounds.put(Cells.named(parts[0]).name(), Double.valueOf(parts[parts.length - 1]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a bound is CELL=RATIO, such as room-20=1.05, not " + text, e);
        }
    }

    private static int positive(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("--pairs is a number from 1 on, not " + text);
    }
}
