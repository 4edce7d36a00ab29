package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.Generator;
import java.util.Map;

/**
 * CPU seconds, user and kernel.
 *
 * @param server of the server's process without the JVM's compilers, whose work comes when it comes, and ends
 * @param compilers share of the whole process's that the compilers used
 * @param redis of Redis
 */
record Cpu(double server, double compilers, double redis) {

    static Cpu of(double process, double compilers, double redis) {
        return new Cpu(process - compilers, process > 0 ? compilers / process : 0, redis);
    }

    /** From what the generator reports of its watched processes. */
    static Cpu of(Map<String, Double> watched, double compilers) {
        return of(watched.getOrDefault(Generator.SERVER, 0.0), compilers, watched.getOrDefault(Generator.REDIS, 0.0));
    }
}
