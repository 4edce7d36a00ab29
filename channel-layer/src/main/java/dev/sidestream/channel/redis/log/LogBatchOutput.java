package dev.sidestream.channel.redis.log;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the reply of XREAD. In RESP2 it is an array of pairs (key, entries), in RESP3 a map from key to entries; an entry is a
 * pair (id, fields), the fields are names and values in turn.
 */
final class LogBatchOutput extends CommandOutput<byte[], byte[], LogBatch> {

    private static final int MAX_DEPTH = 8;

    private final LogBatch batch;

    /** How many elements are still to come in each open array. */
    private final int[] left = new int[MAX_DEPTH];

    private int depth;

    /** Depth of the keys: 1 in a map, 2 in an array of pairs. */
    private int keyDepth = 2;

    private int partition;
    private boolean fieldName;

    LogBatchOutput() {
        this(new LogBatch());
    }

    private LogBatchOutput(LogBatch batch) {
        super(ByteArrayCodec.INSTANCE, batch);
        this.batch = batch;
    }

    @Override
    public void multiMap(int count) {
        if (depth == 0) {
            keyDepth = 1;
        }
        open(2 * count);
    }

    @Override
    public void multi(int count) {
        open(count);
    }

    private void open(int count) {
        if (count < 0) {
            return; // the null array that ends a read without entries
        }
        if (depth == MAX_DEPTH) {
            throw new IllegalStateException("The reply of XREAD is nested deeper than " + MAX_DEPTH);
        }
        left[depth++] = count;
        if (depth == keyDepth + 2) {
            batch.beginEntry(partition);
        } else if (depth == keyDepth + 3) {
            fieldName = true;
        }
        close();
    }

    @Override
    public void set(@Nullable ByteBuffer value) {
        if (value == null || depth == 0) {
            return; // RESP3's null that ends a read without entries
        }
        if (depth == keyDepth) {
            partition = partition(value);
        } else if (depth == keyDepth + 2) {
            batch.add(value);
        } else if (depth == keyDepth + 3) {
            if (!fieldName) {
                batch.add(value);
            }
            fieldName = !fieldName;
        }
        left[depth - 1]--;
        close();
    }

    private void close() {
        while (depth > 0 && left[depth - 1] == 0) {
            depth--;
            if (depth > 0) {
                left[depth - 1]--;
            }
        }
    }

    /** The number in {@code ss:{p<k>}:log}. */
    private static int partition(ByteBuffer key) {
        int number = 0;
        for (int i = key.position(); i < key.limit(); i++) {
            byte b = key.get(i);
            if (b >= '0' && b <= '9') {
                number = 10 * number + (b - '0');
            }
        }
        return number;
    }
}
