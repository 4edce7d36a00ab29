package dev.sidestream.bench.work;

import dev.sidestream.bench.table.Columns;
import java.util.ArrayList;
import java.util.List;

/** Rows as a Markdown table with even columns. */
public final class Table {

    static final String[] HEAD = {
        "work",
        "figure",
        "goal",
        "met",
        "baseline",
        "server s",
        "Redis s",
        "peak MB",
        "B/delivery",
        "GC n/p99/max ms",
        "wrong",
        "foreign"
    };

    private Table() {}

    public static String of(List<Row> rows) {
        List<String[]> lines = new ArrayList<>(List.<String[]>of(HEAD));
        rows.forEach(row -> lines.add(row.cells()));
        return Columns.of(lines);
    }
}
