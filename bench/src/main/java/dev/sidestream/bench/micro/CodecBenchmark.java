package dev.sidestream.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.ws.protocol.ClientFrame;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.protocol.EncodedFrame;
import dev.sidestream.ws.protocol.FrameReader;
import dev.sidestream.ws.protocol.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/** A client's frame from its bytes, and a publication's frame to its bytes: once per message, whatever the members. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    /** Bytes of payload. */
    @Param({"128", "4096"})
    public int payload = 128;

    private final FrameReader reader = new FrameReader(65_536);
    private byte[] frame = {};
    private ServerFrame published = new ServerFrame.Ping();
    private final JsonFactory jackson = new JsonFactory();
    private SerializedString value = new SerializedString("");

    @org.openjdk.jmh.annotations.Setup
    public void prepare() {
        String json = '"' + "x".repeat(payload - 2) + '"';
        frame = ("{\"message\":" + json + ",\"cid\":\"a1b2c3d4\"}").getBytes(UTF_8);
        value = new SerializedString(json);
        published = new ServerFrame.Published(
                new StoredPublication(
                        new Position("5f2a9c01d3e4", 4711, "1700000000000-0"),
                        1_700_000_000_000L,
                        new Publication("ada", json.getBytes(UTF_8), "a1b2c3d4")),
                false);
    }

    @Benchmark
    public ClientFrame read() {
        return Dialects.FULL.read(reader, frame);
    }

    @Benchmark
    public @Nullable EncodedFrame writePlain() {
        return Dialects.PLAIN.write(published);
    }

    @Benchmark
    public @Nullable EncodedFrame writeFull() {
        return Dialects.FULL.write(published);
    }

    /** What the hand-written {@link #writeFull} is worth: the same frame, without its header, from Jackson's generator. */
    @Benchmark
    public byte[] writeFullWithJackson() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160 + payload);
        try (JsonGenerator json = jackson.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", "message");
            json.writeStringProperty("id", "1700000000000-0.4711.5f2a9c01d3e4");
            json.writeName("message");
            json.writeRawValue(value);
            json.writeStringProperty("user", "ada");
            json.writeNumberProperty("ts", 1_700_000_000_000L);
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
