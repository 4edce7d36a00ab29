package dev.sidestream.bench.lab;

import java.util.Map;

/**
 * What the generator saw in one step of the load; the names are those of its JSON.
 *
 * @param seconds how long it took, including the wait for the last deliveries
 * @param closed connections that the server closed
 * @param errors error frames
 * @param reason the first failure, close or error frame; empty when there was none
 * @param cpu CPU seconds by process
 * @param foreign share of core 0 that was used by others than the watched processes
 * @param generator share of its core that the generator used: above 0.9 it is the bottleneck
 * @param loads by name
 */
public record Step(
        double seconds,
        long open,
        long closed,
        long frames,
        long bytes,
        long reads,
        long errors,
        String reason,
        Quantiles ack,
        Quantiles last,
        Map<String, Load> loads,
        Map<String, Double> cpu,
        double foreign,
        double generator) {

    /** Latencies in milliseconds, counted from when a publication was due. */
    public record Quantiles(long count, double p50, double p99) {}

    /** What became of one load's publications; latencies in milliseconds, counted from when a publication was due. */
    public record Load(
            long sent,
            long expected,
            long delivered,
            long duplicated,
            long skipped,
            long disordered,
            long disagreeing,
            long late,
            double p50,
            double p90,
            double p99,
            double p999,
            double max) {

        /** Deliveries that did not come, came twice, out of order, or differed between members; 0 is the promise. */
        public long wrong() {
            return Math.abs(expected - delivered) + duplicated + skipped + disordered + disagreeing;
        }
    }

    /** The only load of a step that has one. */
    public Load load() {
        return loads.values().iterator().next();
    }

    public long delivered() {
        return loads.values().stream().mapToLong(Load::delivered).sum();
    }

    public long sent() {
        return loads.values().stream().mapToLong(Load::sent).sum();
    }

    public long wrong() {
        return loads.values().stream().mapToLong(Load::wrong).sum();
    }

    public double cpu(String process) {
        return cpu.getOrDefault(process, 0.0);
    }

    /** Deliveries for each CPU second of the server. */
    public double deliveriesPerCpuSecond() {
        return delivered() / cpu(Generator.SERVER);
    }
}
