package dev.sidestream.channel.redis.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Every key of the contract, spelled here and nowhere else. The hash tag {@code {p<k>}} comes first, so that all keys of a
 * partition share a slot of Redis Cluster, whatever a name holds.
 */
public final class Keys {

    private final int partitions;

    public Keys(int partitions) {
        this.partitions = partitions;
    }

    public int partition(String name) {
        return Partitions.of(name, partitions);
    }

    /** The number of partitions that all nodes agree on. */
    public static byte[] partitionCount() {
        return bytes("ss:partitions");
    }

    /** The lease of a node. */
    public static byte[] node(String node) {
        return bytes("ss:node:" + PercentCode.encode(node));
    }

    public byte[] log(int partition) {
        return bytes(prefix(partition) + "log");
    }

    /** A random value that vanishes with the data: a log with another mark is another log. */
    public byte[] mark(int partition) {
        return bytes(prefix(partition) + "mark");
    }

    /** What stands over all entries of a partition's log: their count. */
    public byte[] life(int partition) {
        return bytes(prefix(partition) + "life");
    }

    public byte[] room(String room) {
        return bytes(prefix(partition(room)) + "room:" + PercentCode.encode(room));
    }

    public byte[] meta(String room) {
        return bytes(prefix(partition(room)) + "meta:" + PercentCode.encode(room));
    }

    /** The keys of publish.lua in its order. */
    public byte[][] publish(String room, String author, String cid) {
        int partition = partition(room);
        String prefix = prefix(partition);
        String name = PercentCode.encode(room);
        byte[] meta = bytes(prefix + "meta:" + name);
        byte[] stream = bytes(prefix + "room:" + name);
        byte[] log = bytes(prefix + "log");
        byte[] life = bytes(prefix + "life");
        if (cid.isEmpty()) {
            return new byte[][] {meta, stream, log, life};
        }
        String first = prefix + "cid:" + name + ":" + PercentCode.encode(author) + ":" + PercentCode.encode(cid);
        return new byte[][] {meta, stream, log, life, bytes(first)};
    }

    private static String prefix(int partition) {
        return "ss:{p" + partition + "}:";
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(US_ASCII);
    }
}
