package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Ids of stream entries, {@code <ms>-<n>}: the order in which they stand in a stream, which is not that of their texts. */
public final class EntryId {

    /** Before every entry. */
    static final byte[] ZERO = "0-0".getBytes(US_ASCII);

    /** Redis counts further; nobody appends so many. */
    private static final long MOST_IN_A_MILLISECOND = 999_999_999_999_999L;

    private EntryId() {}

    /** Negative when one stands before the other in a stream, 0 when they are one entry, else positive. */
    public static int compare(String one, String other) {
        return compare(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
    }

    static int compare(byte[] one, byte[] other) {
        int order = Long.compareUnsigned(millis(one), millis(other));
        return order == 0 ? Long.compareUnsigned(counter(one), counter(other)) : order;
    }

    /** Whether one stands before the other in a stream. */
    static boolean isBefore(byte[] one, byte[] other) {
        return compare(one, other) < 0;
    }

    /** An id that stands before the given one, and behind every other that does. */
    public static String before(String id) {
        long millis = millis(id);
        long counter = Long.parseLong(id, id.indexOf('-') + 1, id.length(), 10);
        if (counter > 0) {
            return millis + "-" + (counter - 1);
        }
        return millis > 0 ? (millis - 1) + "-" + MOST_IN_A_MILLISECOND : "0-0";
    }

    /** When the entry was added, in milliseconds since 1970 by the clock of Redis. */
    static long millis(String id) {
        return Long.parseLong(id, 0, id.indexOf('-'), 10);
    }

    private static long millis(byte[] id) {
        return digits(id, 0);
    }

    private static long counter(byte[] id) {
        int dash = 0;
        while (id[dash] != '-') {
            dash++;
        }
        return digits(id, dash + 1);
    }

    private static long digits(byte[] id, int from) {
        long value = 0;
        for (int i = from; i < id.length && id[i] != '-'; i++) {
            value = 10 * value + (id[i] - '0');
        }
        return value;
    }
}
