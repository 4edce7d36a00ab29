package dev.sidestream.bench.pair;

import dev.sidestream.bench.lab.LabException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run of a cell came to.
 *
 * @param figure what is compared, in the cell's unit
 * @param parts what it is made of or stands beside, by name, in the same unit
 * @param compilers share of the server's CPU time that the JVM's compilers used, which is in no figure: above a few hundredths the
 *     JVM was not yet warm
 * @param wrong deliveries lost, doubled, out of order or differing, and connections that failed
 * @param foreign share of the server's core that others used
 */
record Figures(double figure, Map<String, Double> parts, double compilers, long wrong, double foreign) {

    static final String SERVER = "server";
    static final String REDIS = "Redis";

    Figures {
        if (!(figure > 0)) {
            throw new LabException("Nothing was measured");
        }
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** Microseconds of CPU for each of so many things, of server and Redis together. */
    static Figures both(long count, Cpu used, long wrong, double foreign) {
        double server = 1e6 * used.server() / count;
        double redis = 1e6 * used.redis() / count;
        return new Figures(
                server + redis, Map.of(SERVER, server, REDIS, redis), used.compilers(), wrong, Math.max(0, foreign));
    }
}
