package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The reply of XREAD in both versions of the protocol. */
class LogBatchOutputTest {

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    private static void entry(LogBatchOutput output, String id, String... fields) {
        output.multi(2);
        output.set(bytes(id));
        output.multi(fields.length);
        for (String field : fields) {
            output.set(bytes(field));
        }
    }

    private static void entries(LogBatchOutput output) {
        output.multi(2);
        entry(output, "1-0", "k", "p", "n", "a");
        entry(output, "2-0");
    }

    private static void assertRead(LogBatch batch) {
        assertThat(batch.entries()).isEqualTo(3);
        assertThat(batch.partition(0)).isEqualTo(12);
        assertThat(batch.fields(0)).isEqualTo(2);
        assertThat(batch.kind(0)).isEqualTo((byte) 'p');
        assertThat(batch.text(0, 1)).isEqualTo("a");
        assertThat(batch.id(0)).isEqualTo("1-0".getBytes(US_ASCII));
        assertThat(batch.fields(1)).isZero();
        assertThat(batch.id(1)).isEqualTo("2-0".getBytes(US_ASCII));
        assertThat(batch.partition(2)).isEqualTo(3);
        assertThat(batch.text(2, 0)).isEqualTo("g");
        assertThat(batch.text(2, 1)).isEmpty();
    }

    @Test
    void readsArraysOfPairs() {
        LogBatchOutput output = new LogBatchOutput();
        output.multi(2);
        output.multi(2);
        output.set(bytes("ss:{p12}:log"));
        entries(output);
        output.multi(2);
        output.set(bytes("ss:{p3}:log"));
        output.multi(1);
        entry(output, "3-0", "k", "g", "n", "");
        assertRead(output.get());
    }

    @Test
    void readsMaps() {
        LogBatchOutput output = new LogBatchOutput();
        output.multiMap(2);
        output.set(bytes("ss:{p12}:log"));
        entries(output);
        output.set(bytes("ss:{p3}:log"));
        output.multi(1);
        entry(output, "3-0", "k", "g", "n", "");
        assertRead(output.get());
    }

    @Test
    void readsTheEndOfAQuietRead() {
        LogBatchOutput array = new LogBatchOutput();
        array.multi(-1);
        assertThat(array.get().entries()).isZero();
        LogBatchOutput nothing = new LogBatchOutput();
        nothing.set((ByteBuffer) null);
        assertThat(nothing.get().entries()).isZero();
    }

    @Test
    void growsWithLargeEntries() {
        LogBatchOutput output = new LogBatchOutput();
        output.multiMap(1);
        output.set(bytes("ss:{p0}:log"));
        output.multi(500);
        String large = "x".repeat(1_000);
        for (int i = 0; i < 500; i++) {
            entry(output, i + "-0", "k", "c", "d", large + i);
        }
        assertThat(output.get().entries()).isEqualTo(500);
        assertThat(output.get().text(499, 1)).isEqualTo(large + 499);
    }
}
