package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files that other programs read: {@code runs.tsv} has a line for each run as soon as its pair is over, {@code pairs.json} what came
 * of all cells; {@code report.md} is for people. Those of an earlier comparison are replaced.
 */
final class Records {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;
    private final Path runs;

    Records(Path folder) {
        this.folder = folder;
        this.runs = folder.resolve("runs.tsv");
        try {
            Files.deleteIfExists(folder.resolve("pairs.json"));
            Files.deleteIfExists(folder.resolve("report.md"));
            Files.writeString(runs, "cell\tpair\tbuild\tunit\tfigure\tserver\tRedis\tcompilers\twrong\tforeign\n");
        } catch (IOException e) {
            throw new LabException("Cannot write to " + folder, e);
        }
    }

    /** Takes up a pair; a part that the cell does not have is an empty field. */
    void add(Cell cell, int number, Pair pair) {
        String lines = line(cell, number, Side.OLD, pair.older()) + line(cell, number, Side.NEW, pair.newer());
        try {
            Files.writeString(runs, lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new LabException("Cannot write to " + runs, e);
        }
    }

    private static String line(Cell cell, int number, Side side, Figures figures) {
        return String.join(
                        "\t",
                        cell.name(),
                        Integer.toString(number),
                        side.word(),
                        cell.unit(),
                        Double.toString(figures.figure()),
                        part(figures, Figures.SERVER),
                        part(figures, Figures.REDIS),
                        Double.toString(figures.compilers()),
                        Long.toString(figures.wrong()),
                        Double.toString(figures.foreign()))
                + "\n";
    }

    private static String part(Figures figures, String name) {
        Double value = figures.parts().get(name);
        return value == null ? "" : value.toString();
    }

    void write(Report report) {
        List<Map<String, Object>> cells =
                report.comparisons().stream().map(Records::cell).toList();
        try {
            Files.writeString(folder.resolve("report.md"), report.head() + "\n\n" + report.table());
            Files.writeString(
                    folder.resolve("pairs.json"),
                    JSON.writeValueAsString(Map.of("head", report.head().split("\n"), "cells", cells)) + "\n");
        } catch (IOException e) {
            throw new LabException("Cannot write to " + folder, e);
        }
    }

    private static Map<String, Object> cell(Comparison one) {
        Map<String, Object> cell = new LinkedHashMap<>();
        cell.put("cell", one.cell().name());
        cell.put("unit", one.cell().unit());
        cell.put("ratio", one.ratio());
        cell.put("lowest", one.lowest());
        cell.put("highest", one.highest());
        cell.put("bound", one.bound());
        cell.put("kept", one.isWithinBound());
        cell.put("wrong", one.wrong());
        cell.put("ratios", one.pairs().stream().map(Pair::ratio).toList());
        cell.put("pairs", one.pairs());
        return cell;
    }
}
