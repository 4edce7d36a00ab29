package dev.sidestream.channel.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Redis Cluster of three masters without replicas, as processes of this machine. */
public final class RedisClusterForTests implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;

    private final List<RedisForTests> nodes = new ArrayList<>();

    private RedisClusterForTests() {}

    /** Starts it and waits until every node finds it whole. */
    public static RedisClusterForTests create() {
        RedisClusterForTests cluster = new RedisClusterForTests();
        for (int i = 0; i < MASTERS; i++) {
            cluster.nodes.add(RedisForTests.process("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
        }
        cluster.join();
        return cluster;
    }

    private void join() {
        RedisForTests first = nodes.getFirst();
        for (int i = 0; i < MASTERS; i++) {
            List<String> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = i * SLOTS / MASTERS; slot < (i + 1) * SLOTS / MASTERS; slot++) {
                slots.add(Integer.toString(slot));
            }
            RedisForTests node = nodes.get(i);
            node.command(slots.toArray(String[]::new));
            node.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            if (i > 0) {
                first.command("CLUSTER", "MEET", node.host(), Integer.toString(node.port()));
            }
        }
        Await.until("the cluster is whole", () -> nodes.stream().allMatch(RedisClusterForTests::isWhole));
    }

    private static boolean isWhole(RedisForTests node) {
        String info = String.valueOf(node.command("CLUSTER", "INFO"));
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS);
    }

    /** Its masters; they can be killed, paused and asked one by one. */
    public List<RedisForTests> nodes() {
        return List.copyOf(nodes);
    }

    /** What a Spring Boot application needs to find it. */
    public Map<String, String> properties() {
        String addresses =
                nodes.stream().map(node -> node.host() + ":" + node.port()).collect(Collectors.joining(","));
        return Map.of("spring.data.redis.cluster.nodes", addresses);
    }

    /** Moves a slot with all its keys to another master, as a resharding does. */
    public void move(int slot, RedisForTests from, RedisForTests to) {
        String number = Integer.toString(slot);
        to.command("CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
        from.command("CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
        List<?> keys = (List<?>) from.command("CLUSTER", "GETKEYSINSLOT", number, "1000");
        for (Object key : keys == null ? List.of() : keys) {
            from.command("MIGRATE", to.host(), Integer.toString(to.port()), key.toString(), "0", "5000");
        }
        for (RedisForTests node : nodes) {
            node.command("CLUSTER", "SETSLOT", number, "NODE", id(to));
        }
    }

    private static String id(RedisForTests node) {
        return String.valueOf(node.command("CLUSTER", "MYID"));
    }

    /** Stops all of it. */
    @Override
    public void close() {
        nodes.forEach(RedisForTests::close);
    }
}
