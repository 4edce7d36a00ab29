package dev.sidestream.bench.table;

import java.util.List;

/** Cells as a Markdown table with even columns. */
public final class Columns {

    private Columns() {}

    /**
     * The table as text that ends with a line break.
     *
     * @param lines the head first; each has as many cells
     */
    public static String of(List<String[]> lines) {
        int[] widths = new int[lines.getFirst().length];
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
