package dev.sidestream.bench.lab;

import java.util.Comparator;
import java.util.List;

/**
 * One step with what it cost the JVM.
 *
 * @param step what the generator saw
 * @param peakHeap the most bytes of heap in use
 * @param allocated bytes allocated
 * @param pauses of the garbage collector
 */
public record Measurement(Step step, long peakHeap, long allocated, Pauses pauses) {

    public double allocatedPerDelivery() {
        return (double) allocated / Math.max(1, step.delivered());
    }

    /** The one in the middle by deliveries for each CPU second. */
    public static Measurement median(List<Measurement> all) {
        return all.stream()
                .sorted(Comparator.comparingDouble(one -> one.step().deliveriesPerCpuSecond()))
                .skip(all.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
