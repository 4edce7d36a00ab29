package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.FrameWriter;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that break the rules of RFC 6455, straight at a node. Each is closed, with the code that fits, and nobody else is. */
@EndToEnd
class FrameAbuseIT {

    private WebSocketClient neighbour;
    private WebSocketClient client;

    @BeforeEach
    void connect(RunningSystem system) {
        Visitor alice = Visitor.signIn(system, "alice");
        String room = Visitor.newRoom("abuse");
        neighbour = alice.fullAt(system.node(0), room, "").connect();
        client = alice.fullAt(system.node(0), room, "").connect();
        neighbour.next("welcome");
        client.next("welcome");
    }

    @AfterEach
    void theNeighbourIsWell() {
        neighbour.send("{\"type\":\"ping\"}");
        neighbour.next("pong");
        neighbour.close();
        client.cut();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("abuses")
    void isClosed(String what, byte[] bytes, int code) {
        client.sendRaw(bytes);
        assertThat(client.closed().code()).isEqualTo(code);
    }

    static Stream<Arguments> abuses() {
        byte[] text = "{\"message\":1}".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("unmasked", FrameWriter.frame(true, 0, FrameWriter.TEXT, false, text), 1002),
                Arguments.of("reserved bit 1", FrameWriter.frame(true, 4, FrameWriter.TEXT, true, text), 1002),
                Arguments.of("reserved bit 3", FrameWriter.frame(true, 1, FrameWriter.TEXT, true, text), 1002),
                Arguments.of("opcode 3", FrameWriter.frame(true, 0, 3, true, text), 1002),
                Arguments.of("opcode 15", FrameWriter.frame(true, 0, 15, true, text), 1002),
                Arguments.of("nothing to continue", FrameWriter.frame(true, 0, 0, true, text), 1002),
                Arguments.of("fragmented ping", FrameWriter.frame(false, 0, FrameWriter.PING, true, text), 1002),
                Arguments.of("long ping", FrameWriter.frame(FrameWriter.PING, new byte[126]), 1002),
                Arguments.of("close code 1005", FrameWriter.frame(FrameWriter.CLOSE, FrameWriter.close(1005)), 1002),
                Arguments.of("close code 99", FrameWriter.frame(FrameWriter.CLOSE, FrameWriter.close(99)), 1002),
                Arguments.of("close of one byte", FrameWriter.frame(FrameWriter.CLOSE, new byte[1]), 1002),
                Arguments.of("binary", FrameWriter.frame(FrameWriter.BINARY, text), 1003),
                Arguments.of("invalid UTF-8", FrameWriter.frame(FrameWriter.TEXT, bytes(0xc3, 0x28)), 1007),
                Arguments.of("a surrogate", FrameWriter.frame(FrameWriter.TEXT, bytes(0xed, 0xa0, 0x80)), 1007),
                Arguments.of("length 2^63, whose first bit must be 0", FrameWriter.head(Long.MIN_VALUE), 1002),
                Arguments.of("length 2^63 - 1", FrameWriter.head(Long.MAX_VALUE), 1009),
                Arguments.of("length 100 MB", FrameWriter.head(100_000_000), 1009),
                Arguments.of("64 KiB and one", FrameWriter.frame(FrameWriter.TEXT, new byte[65_537]), 1009));
    }

    @Test
    void fragmentsThatTogetherAreTooLongAreNotCollected() {
        byte[] piece = "x".repeat(30_000).getBytes(StandardCharsets.UTF_8);
        try {
            client.sendRaw(FrameWriter.frame(false, 0, FrameWriter.TEXT, true, piece));
            for (int i = 0; i < 5; i++) {
                client.sendRaw(FrameWriter.frame(false, 0, FrameWriter.CONTINUATION, true, piece));
            }
        } catch (UncheckedIOException closedAlready) {
            // As it should be.
        }
        assertThat(client.closed().code()).isEqualTo(1009);
    }

    @Test
    void aBombOfTinyFragmentsIsCutShort() {
        byte[] fragment = FrameWriter.frame(false, 0, FrameWriter.CONTINUATION, true, new byte[0]);
        try {
            client.sendRaw(FrameWriter.frame(false, 0, FrameWriter.TEXT, true, new byte[0]));
            for (int i = 0; i < 100_000 && client.isOpen(); i++) {
                client.sendRaw(fragment);
            }
        } catch (UncheckedIOException closedAlready) {
            // As it should be.
        }
        assertThat(client.closed().code()).isIn(1009, 1006);
    }

    @Test
    void aFloodOfPingsIsLimited() {
        byte[] ping = FrameWriter.frame(FrameWriter.PING, new byte[] {1});
        try {
            for (int i = 0; i < 50_000 && client.isOpen(); i++) {
                client.sendRaw(ping);
            }
        } catch (UncheckedIOException closedAlready) {
            // As it should be.
        }
        assertThat(client.closed(Duration.ofSeconds(20)).code()).isIn(4014, 4101, 1006);
    }

    @Test
    void aCloseIsAnsweredWithItsCode() {
        client.sendRaw(FrameWriter.frame(FrameWriter.CLOSE, FrameWriter.close(1000)));
        assertThat(client.closed().code()).isEqualTo(1000);
    }

    @Test
    void aMessageInFragmentsWithAPingBetweenIsOneMessage() {
        String text = "{\"message\":\"é\",\"cid\":\"f\"}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.sendRaw(FrameWriter.frame(false, 0, FrameWriter.TEXT, true, Arrays.copyOfRange(bytes, 0, 13)));
        client.sendRaw(FrameWriter.frame(FrameWriter.PING, new byte[] {1}));
        client.sendRaw(FrameWriter.frame(
                true, 0, FrameWriter.CONTINUATION, true, Arrays.copyOfRange(bytes, 13, bytes.length)));
        client.next("ack");
        assertThat(neighbour.next("message").get("message")).isEqualTo("é");
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
