package dev.sidestream.bench.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Lines over two logarithmic axes, as SVG that reads on light and dark. */
public final class Plot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 150;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final String[] COLOURS = {"#2f6fde", "#d9622b", "#2a9d62", "#a04fc4"};

    private final StringBuilder svg = new StringBuilder();
    private final int lowX;
    private final int highX;
    private final int lowY;
    private final int highY;

    private Plot(List<Series> all) {
        lowX = (int) Math.floor(Math.log10(least(all, Series.Point::x)));
        highX = (int) Math.ceil(Math.log10(most(all, Series.Point::x)));
        lowY = (int) Math.floor(Math.log10(least(all, Series.Point::y)));
        highY = Math.max(lowY + 1, (int) Math.ceil(Math.log10(most(all, Series.Point::y))));
    }

    /** Draws the series, none of them empty, into a file. */
    public static void write(Path file, String title, String x, String y, List<Series> all) throws IOException {
        Files.writeString(file, new Plot(all).draw(title, x, y, all));
    }

    private static double least(List<Series> all, ToDoubleFunction<Series.Point> coordinate) {
        return all.stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(coordinate)
                .min()
                .orElseThrow();
    }

    private static double most(List<Series> all, ToDoubleFunction<Series.Point> coordinate) {
        return all.stream()
                .flatMap(series -> series.points().stream())
                .mapToDouble(coordinate)
                .max()
                .orElseThrow();
    }

    private String draw(String title, String x, String y, List<Series> all) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, HEIGHT);
        add("<text x=\"%d\" y=\"22\" font-size=\"15\">%s</text>", LEFT, title);
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x);
        add(
                "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                (TOP + HEIGHT - BOTTOM) / 2, y);
        for (int power = lowX; power <= highX; power++) {
            double at = x(Math.pow(10, power));
            add("<path d=\"M%.1f %d V%d\" stroke=\"#ddd\"/>", at, TOP, HEIGHT - BOTTOM);
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", at, HEIGHT - BOTTOM + 16, label(power));
        }
        for (int power = lowY; power <= highY; power++) {
            double at = y(Math.pow(10, power));
            add("<path d=\"M%d %.1f H%d\" stroke=\"#ddd\"/>", LEFT, at, WIDTH - RIGHT);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, at + 4, label(power));
        }
        for (int i = 0; i < all.size(); i++) {
            line(all.get(i), COLOURS[i % COLOURS.length]);
        }
        add("</svg>");
        return svg.toString();
    }

    private void line(Series series, String colour) {
        StringBuilder path = new StringBuilder();
        for (Series.Point point : series.points()) {
            path.append(path.isEmpty() ? "M" : " L")
                    .append(round(x(point.x())))
                    .append(' ')
                    .append(round(y(point.y())));
            add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x(point.x()), y(point.y()), colour);
        }
        add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
        Series.Point end = series.points().getLast();
        add("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>", x(end.x()) + 8, y(end.y()) + 4, colour, series.name());
    }

    private double x(double value) {
        return LEFT + (WIDTH - RIGHT - LEFT) * (Math.log10(value) - lowX) / Math.max(1, highX - lowX);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (Math.log10(value) - lowY) / (highY - lowY);
    }

    private static String round(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String label(int power) {
        return power < 0
                ? String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power))
                : String.format(Locale.ROOT, "%,d", (long) Math.pow(10, power));
    }

    @SuppressWarnings("AnnotateFormatMethod") // a wrong one fails in the first run
    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
