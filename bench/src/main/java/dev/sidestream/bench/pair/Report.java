package dev.sidestream.bench.pair;

import dev.sidestream.bench.table.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of all cells.
 *
 * @param head where, when and what
 * @param quick whether no bound applies
 */
record Report(String head, List<Comparison> comparisons, boolean quick) {

    private static final String[] HEAD = {
        "cell",
        "old",
        "new",
        "unit",
        "new/old",
        "spread",
        "server",
        "Redis",
        "bound",
        "kept",
        "compilers",
        "wrong",
        "foreign",
        "each pair"
    };

    Report {
        comparisons = List.copyOf(comparisons);
    }

    /** Whether every bound was kept and every delivery was right. */
    boolean isGood() {
        return comparisons.stream().allMatch(one -> one.wrong() == 0 && (quick || one.isWithinBound()));
    }

    String table() {
        List<String[]> lines = new ArrayList<>(List.<String[]>of(HEAD));
        comparisons.forEach(one -> lines.add(line(one)));
        return Columns.of(lines);
    }

    private String[] line(Comparison one) {
        return new String[] {
            one.cell().name(),
            "%.2f".formatted(one.figure(Side.OLD)),
            "%.2f".formatted(one.figure(Side.NEW)),
            one.cell().unit(),
            ratio(one.ratio()),
            ratio(one.lowest()) + ".." + ratio(one.highest()),
            ratio(one.ratio(Figures.SERVER)),
            ratio(one.ratio(Figures.REDIS)),
            "%.2f".formatted(one.bound()),
            quick ? "" : one.isWithinBound() ? "yes" : "NO",
            "%.0f%%".formatted(100 * one.most(Figures::compilers)),
            Long.toString(one.wrong()),
            "%.0f%%".formatted(100 * one.most(Figures::foreign)),
            one.pairs().stream().map(pair -> ratio(pair.ratio())).collect(Collectors.joining(" "))
        };
    }

    private static String ratio(double ratio) {
        return Double.isNaN(ratio) ? "" : "%.3f".formatted(ratio);
    }
}
