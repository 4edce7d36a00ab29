package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one read, as they came: one byte array and the ends of the values in it. Nothing is turned into an object
 * before somebody wants it, but for the payloads of publications: each has an array of its own from the beginning, which is never
 * copied again before it is written to the members.
 */
final class LogBatch {

    private static final byte[] NOTHING = {};

    private static final long MAX_NUMBER = Long.MAX_VALUE / 10 - 1;

    private byte[] bytes = new byte[4_096];
    private int size;

    /** End of value n; the first value of an entry is its id, then the values of its fields follow. */
    private int[] ends = new int[128];

    private int values;

    /** Index of the first value of entry n. */
    private int[] starts = new int[16];

    private int[] partitions = new int[16];

    /** The payload of entry n; null where it is no publication. */
    private byte[] @Nullable [] payloads = new byte[16][];

    private int entries;

    int entries() {
        return entries;
    }

    int partition(int entry) {
        return partitions[entry];
    }

    /** The values of the fields, without the id. */
    int fields(int entry) {
        int end = entry + 1 < entries ? starts[entry + 1] : values;
        return end - starts[entry] - 1;
    }

    byte[] id(int entry) {
        return copy(starts[entry]);
    }

    /** The one byte of a one-byte field, or 0. */
    byte kind(int entry) {
        int value = starts[entry] + 1;
        int from = ends[value - 1];
        return ends[value] - from == 1 ? bytes[from] : 0;
    }

    /** The payload of a publication, not copied: it must not change. Empty where there is none. */
    byte[] payload(int entry) {
        byte[] payload = payloads[entry];
        return payload == null ? NOTHING : payload;
    }

    /** The decimal number that a field holds; -1 where it holds none, or is missing. */
    long number(int entry, int field) {
        if (field >= fields(entry)) {
            return -1;
        }
        int value = starts[entry] + 1 + field;
        int from = ends[value - 1];
        long number = 0;
        for (int i = from; i < ends[value]; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || number > MAX_NUMBER) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return from == ends[value] ? -1 : number;
    }

    String text(int entry, int field) {
        int value = starts[entry] + 1 + field;
        int from = ends[value - 1];
        return new String(bytes, from, ends[value] - from, UTF_8);
    }

    /** The bytes of some fields in a row, blanks between them. */
    byte[] joined(int entry, int first, int last) {
        int value = starts[entry] + 1 + first;
        int until = starts[entry] + 1 + last;
        byte[] joined = new byte[ends[until] - ends[value - 1] + last - first];
        int size = 0;
        for (; value <= until; value++) {
            int length = ends[value] - ends[value - 1];
            System.arraycopy(bytes, ends[value - 1], joined, size, length);
            size += length;
            if (value < until) {
                joined[size++] = ' ';
            }
        }
        return joined;
    }

    private byte[] copy(int value) {
        return Arrays.copyOfRange(bytes, value == 0 ? 0 : ends[value - 1], ends[value]);
    }

    void beginEntry(int partition) {
        if (entries == starts.length) {
            starts = Arrays.copyOf(starts, 2 * entries);
            partitions = Arrays.copyOf(partitions, 2 * entries);
            payloads = Arrays.copyOf(payloads, 2 * entries);
        }
        starts[entries] = values;
        partitions[entries] = partition;
        entries++;
    }

    /** Whether the next value is the payload of a publication. */
    private boolean isPayload() {
        int first = starts[entries - 1];
        return values - first == EntryCodec.PAYLOAD + 1 && kind(entries - 1) == EntryCodec.PUBLICATION;
    }

    void add(ByteBuffer value) {
        int length = value.remaining();
        if (isPayload()) {
            byte[] payload = new byte[length];
            value.get(payload);
            payloads[entries - 1] = payload;
            length = 0;
        }
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
        }
        if (values == ends.length) {
            ends = Arrays.copyOf(ends, 2 * values);
        }
        value.get(bytes, size, length);
        size += length;
        ends[values++] = size;
    }
}
