package dev.sidestream.ws.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.StoredPublication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DialectTest {

    private static final Position POSITION = new Position("e1", 7, "1700000000000-0");
    private static final StoredPublication STORED = stored("{\"a\": 1}", "álice \"the\" \\ 🦊\n", "c1");

    private static StoredPublication stored(String json, String user, String cid) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new StoredPublication(POSITION, 1_700_000_000_000L, new Publication(user, bytes, cid));
    }

    @Test
    void plainModeSeesMessageIdAndUser() {
        assertThat(json(new ServerFrame.Published(STORED, false), Dialects.PLAIN))
                .isEqualTo("{\"message\":{\"a\": 1},\"id\":\"1700000000000-0.7.e1\","
                        + "\"user\":\"álice \\\"the\\\" \\\\ \\ud83e\\udd8a\\u000a\"}");
    }

    @Test
    void onlyTheAuthorSeesTheCid() {
        assertThat(json(new ServerFrame.Published(STORED, true), Dialects.FULL)).contains("\"cid\":\"c1\"");
        assertThat(json(new ServerFrame.Published(STORED, false), Dialects.FULL))
                .doesNotContain("cid");
    }

    @Test
    void plainModeIsToldNothingUnsolicited() {
        assertThat(Dialects.PLAIN.write(new ServerFrame.Ack("c", POSITION, false)))
                .isNull();
        assertThat(Dialects.PLAIN.write(new ServerFrame.Degraded())).isNull();
        assertThat(Dialects.PLAIN.write(new ServerFrame.Restored())).isNull();
        assertThat(Dialects.PLAIN.write(new ServerFrame.Bye(CloseCode.DRAINING, null)))
                .isNull();
    }

    @Test
    void everyDialectTellsOfAGapWithWhereToGoOn() {
        ServerFrame gap = new ServerFrame.Gap("1-0.1.e", null, POSITION, "lost");

        assertThat(json(gap, Dialects.PLAIN))
                .isEqualTo("{\"message\":\"Messages may be missing here.\",\"code\":\"gap\",\"gap\":\"lost\",\"id\":\""
                        + POSITION.id() + "\"}");
        assertThat(json(gap, Dialects.FULL))
                .isEqualTo("{\"type\":\"gap\",\"since\":\"1-0.1.e\",\"first\":null,\"id\":\"" + POSITION.id()
                        + "\",\"reason\":\"lost\"}");
    }

    @Test
    void failuresSayWhatToDo() {
        ServerFrame failure =
                new ServerFrame.Failure(ErrorCode.RATE_LIMITED, "Slow down.", "c1", null, Duration.ofMillis(10));

        assertThat(json(failure, Dialects.FULL))
                .isEqualTo("{\"type\":\"error\",\"code\":\"rate_limited\",\"message\":\"Slow down.\",\"cid\":\"c1\","
                        + "\"retry_after\":1}");
        assertThat(json(failure, Dialects.PLAIN)).isEqualTo("{\"message\":\"Slow down.\",\"code\":\"rate_limited\"}");
    }

    @Test
    void historyHoldsItsMessages() {
        String none = json(new ServerFrame.History("r", List.of(), false), Dialects.FULL);
        String two = json(new ServerFrame.History(null, List.of(STORED, STORED), true), Dialects.FULL);

        assertThat(none).isEqualTo("{\"type\":\"history\",\"rid\":\"r\",\"messages\":[],\"more\":false}");
        assertThat(two).contains("},{\"type\":\"message\"").endsWith("],\"more\":true}");
    }

    @Test
    void framesOfEveryLengthCarryTheirHeader() {
        for (int length : new int[] {0, 60, 125, 126, 60_000}) {
            ServerFrame frame = new ServerFrame.Published(stored("\"" + "x".repeat(length) + "\"", "u", "c"), false);
            byte[] bytes = Objects.requireNonNull(Dialects.PLAIN.write(frame)).toBytes();
            assertThat(bytes[0]).isEqualTo((byte) 0x81);
            assertThat(payload(bytes)).startsWith("{\"message\":\"").endsWith("\"}");
        }
        assertThat(payload(WireFrames.text("x".repeat(70_000)))).hasSize(70_000);
    }

    private static String json(ServerFrame frame, Dialect dialect) {
        return payload(Objects.requireNonNull(dialect.write(frame)).toBytes());
    }

    private static String payload(byte[] frame) {
        int length = frame[1] & 0x7F;
        int header = length < 126 ? 2 : length == 126 ? 4 : 10;
        long real = length;
        if (length >= 126) {
            real = 0;
            for (int i = 2; i < header; i++) {
                real = (real << 8) | (frame[i] & 0xFF);
            }
        }
        assertThat(frame.length - header).isEqualTo((int) real);
        return new String(frame, header, frame.length - header, StandardCharsets.UTF_8);
    }
}
