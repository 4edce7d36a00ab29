package dev.sidestream.bench.work;

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
        int[] widths = new int[HEAD.length];
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int l = 0; l < lines.size(); l++) {
            line(text, lines.get(l), widths);
            if (l == 0) {
                for (int width : widths) {
                    text.append('|').append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String[] cells, int[] widths) {
        for (int i = 0; i < cells.length; i++) {
            text.append("| ").append(cells[i]).append(" ".repeat(widths[i] - cells[i].length() + 1));
        }
        text.append("|\n");
    }
}
