package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Generator;
import dev.sidestream.bench.lab.Measurement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report.
 *
 * @param work what was done
 * @param figure what came out
 * @param goal what was wanted
 * @param met whether it was reached; null where there is no goal
 * @param ratio to the baseline; null where there is none
 * @param cost what it took; null where that was not measured
 */
public record Row(
        String work,
        String figure,
        String goal,
        @Nullable Boolean met,
        @Nullable Double ratio,
        @Nullable Measurement cost) {

    /** The cells in the order of {@link Table#HEAD}. */
    String[] cells() {
        return new String[] {
            work,
            figure,
            goal,
            met == null ? "" : met ? "yes" : "NO",
            ratio == null ? "" : format("%.2fx", ratio),
            cost == null ? "" : format("%.2f", cost.step().cpu(Generator.SERVER)),
            cost == null ? "" : format("%.2f", cost.step().cpu(Generator.REDIS)),
            cost == null ? "" : format("%.0f", cost.peakHeap() / 1048576.0),
            cost == null ? "" : format("%.0f", cost.allocatedPerDelivery()),
            cost == null
                    ? ""
                    : format(
                            "%d/%.1f/%.1f",
                            cost.pauses().count(),
                            cost.pauses().p99(),
                            cost.pauses().max()),
            cost == null ? "" : Long.toString(cost.step().wrong()),
            cost == null ? "" : format("%.0f%%", 100 * Math.max(0, cost.step().foreign()))
        };
    }

    @SuppressWarnings("AnnotateFormatMethod") // a wrong one fails in the first run
    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Deliveries a CPU second in thousands, and the 99th percentile of their latencies. */
    static String deliveries(Measurement cost) {
        return format(
                "%.0f k/CPU s, p99 %.1f ms",
                cost.step().deliveriesPerCpuSecond() / 1e3, cost.step().load().p99());
    }
}
