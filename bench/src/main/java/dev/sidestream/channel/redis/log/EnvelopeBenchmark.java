package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.StoredPublication;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** An entry of the log, from what Redis answers to a publication; and as far as its room's name, where nobody is in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {

    private static final int ENTRIES = 10;
    private static final String[] FIELDS = {
        "k",
        "p",
        "n",
        "lobby",
        "i",
        "1700000000000-0",
        "e",
        "5f2a9c01d3e4",
        "s",
        "4711",
        "u",
        "ada",
        "c",
        "",
        "d",
        '"' + "x".repeat(126) + '"'
    };

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private final ByteBuffer key = bytes("ss:{p7}:log");
    private final ByteBuffer id = bytes("1700000000001-0");
    private final ByteBuffer[] fields =
            java.util.Arrays.stream(FIELDS).map(EnvelopeBenchmark::bytes).toArray(ByteBuffer[]::new);

    /** What Lettuce calls while it parses the answer of XREAD in RESP3. */
    private LogBatch read() {
        LogBatchOutput output = new LogBatchOutput();
        output.multiMap(1);
        output.set(key.rewind());
        output.multi(ENTRIES);
        for (int entry = 0; entry < ENTRIES; entry++) {
            output.multi(2);
            output.set(id.rewind());
            output.multi(fields.length);
            for (ByteBuffer field : fields) {
                output.set(field.rewind());
            }
        }
        return output.get();
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void publications(Blackhole hole) {
        LogBatch batch = read();
        for (int entry = 0; entry < batch.entries(); entry++) {
            StoredPublication publication = EntryCodec.publication(batch, entry);
            hole.consume(publication);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void roomsWithoutMembers(Blackhole hole) {
        LogBatch batch = read();
        for (int entry = 0; entry < batch.entries(); entry++) {
            hole.consume(batch.text(entry, 1));
        }
    }
}
