package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.Build;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.LabException;
import dev.sidestream.bench.lab.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares two builds in pairs of runs. Started by {@code bench/pairs}, which builds first and sets the scene. */
final class Pairs {

    private static final int LOGINS = 5_000;

    private final Arguments arguments;
    private final Lab older;
    private final Lab newer;
    private final Records records;

    private Pairs(Arguments arguments) {
        this.arguments = arguments;
        this.older = lab(arguments, Side.OLD);
        this.newer = lab(arguments, Side.NEW);
        this.records = new Records(arguments.results());
    }

    private static Lab lab(Arguments arguments, Side side) {
        Candidate candidate = arguments.of(side);
        return new Lab(
                arguments.results().resolve(side.word()),
                Path.of("bench", "target", "generator").toAbsolutePath(),
                Build.in(candidate.checkout()),
                Lab.JVM,
                candidate.settings(),
                LOGINS,
                arguments.quick());
    }

    /** Exits with 0 when all is well, 1 when a bound is exceeded or deliveries were wrong, 2 or 3 when it cannot measure. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        try {
            Arguments arguments = Arguments.parse(args);
            if (arguments.list()) {
                System.out.println(Cells.list());
            } else {
                System.exit(new Pairs(arguments).run());
            }
        } catch (IllegalArgumentException e) {
            System.err.println("bench/pairs: " + e.getMessage() + "; see bench/pairs --help");
            System.exit(2);
        } catch (LabException e) {
            System.err.println("bench/pairs: " + e.getMessage());
            System.exit(3);
        }
    }

    private int run() {
        String head = Machine.head(Lab.JVM) + "\nold: " + arguments.older().title() + "\nnew: "
                + arguments.newer().title() + "\n" + arguments.pairs() + " pairs"
                + (arguments.quick() ? ", short: the figures mean nothing" : "");
        System.out.println(head);
        Machine.stepAside();
        List<Comparison> comparisons = new ArrayList<>();
        boolean failed = false;
        for (Cell cell : arguments.cells()) {
            try {
                comparisons.add(compare(cell));
            } catch (LabException e) {
                failed = true;
                System.err.println(cell.name() + " failed: " + e.getMessage());
            }
        }
        Report report = new Report(head, comparisons, arguments.quick());
        System.out.println("\n" + report.table());
        records.write(report);
        System.out.println("Report, records and logs: " + arguments.results());
        return failed ? 3 : report.isGood() ? 0 : 1;
    }

    private Comparison compare(Cell cell) {
        System.err.println("measuring " + cell.name() + ": " + cell.description());
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < arguments.pairs(); i++) {
            pairs.add(pair(cell, i));
        }
        return new Comparison(cell, arguments.bound(cell), pairs);
    }

    /** Once more when it fails: half an hour should not be lost to a machine that was too busy for a moment. */
    private Pair pair(Cell cell, int number) {
        Pair pair;
        try {
            pair = inTurn(cell, number);
        } catch (LabException e) {
            System.err.println("  once more, as this failed: " + e.getMessage());
            pair = inTurn(cell, number);
        }
        records.add(cell, number + 1, pair);
        return pair;
    }

    /** The order alternates, so that being first is nobody's advantage. */
    private Pair inTurn(Cell cell, int number) {
        if (number % 2 == 0) {
            Figures first = run(cell, number, Side.OLD);
            return new Pair(first, run(cell, number, Side.NEW));
        }
        Figures first = run(cell, number, Side.NEW);
        return new Pair(run(cell, number, Side.OLD), first);
    }

    private Figures run(Cell cell, int number, Side side) {
        Figures figures = cell.run(side == Side.OLD ? older : newer);
        System.err.printf(
                "  %d/%d %s %.2f %s%n", number + 1, arguments.pairs(), side.word(), figures.figure(), cell.unit());
        return figures;
    }
}
