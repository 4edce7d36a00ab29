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

class FrameWriterTest {

    private static final Position POSITION = new Position("e1", 7, "1700000000000-0");
    private static final StoredPublication STORED = stored("{\"a\": 1}", "álice \"the\" \\ 🦊\n", "c1");

    private static StoredPublication stored(String json, String user, String cid) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new StoredPublication(POSITION, 1_700_000_000_000L, new Publication(user, bytes, cid));
    }

    @Test
    void plainModeSeesMessageIdAndUser() {
        assertThat(json(new ServerFrame.Published(STORED, false), Mode.PLAIN))
                .isEqualTo("{\"message\":{\"a\": 1},\"id\":\"1700000000000-0.7.e1\","
                        + "\"user\":\"álice \\\"the\\\" \\\\ \\ud83e\\udd8a\\u000a\"}");
    }

    @Test
    void onlyTheAuthorSeesTheCid() {
        assertThat(json(new ServerFrame.Published(STORED, true), Mode.FULL)).contains("\"cid\":\"c1\"");
        assertThat(json(new ServerFrame.Published(STORED, false), Mode.FULL)).doesNotContain("cid");
    }

    @Test
    void plainModeIsToldNothingUnsolicited() {
        assertThat(FrameWriter.write(new ServerFrame.Ack("c", POSITION, false), Mode.PLAIN))
                .isNull();
        assertThat(FrameWriter.write(new ServerFrame.Gap(null, null, "epoch"), Mode.PLAIN))
                .isNull();
        assertThat(FrameWriter.write(new ServerFrame.Bye(CloseCode.DRAINING, null), Mode.PLAIN))
                .isNull();
    }

    @Test
    void failuresSayWhatToDo() {
        ServerFrame failure =
                new ServerFrame.Failure(ErrorCode.RATE_LIMITED, "Slow down.", "c1", null, Duration.ofMillis(10));

        assertThat(json(failure, Mode.FULL))
                .isEqualTo("{\"type\":\"error\",\"code\":\"rate_limited\",\"message\":\"Slow down.\",\"cid\":\"c1\","
                        + "\"retry_after\":1}");
        assertThat(json(failure, Mode.PLAIN)).isEqualTo("{\"message\":\"Slow down.\",\"code\":\"rate_limited\"}");
    }

    @Test
    void historyHoldsItsMessages() {
        String none = json(new ServerFrame.History("r", List.of(), false), Mode.FULL);
        String two = json(new ServerFrame.History(null, List.of(STORED, STORED), true), Mode.FULL);

        assertThat(none).isEqualTo("{\"type\":\"history\",\"rid\":\"r\",\"messages\":[],\"more\":false}");
        assertThat(two).contains("},{\"type\":\"message\"").endsWith("],\"more\":true}");
    }

    @Test
    void framesOfEveryLengthCarryTheirHeader() {
        for (int length : new int[] {0, 60, 125, 126, 60_000}) {
            ServerFrame frame = new ServerFrame.Published(stored("\"" + "x".repeat(length) + "\"", "u", "c"), false);
            byte[] bytes = Objects.requireNonNull(FrameWriter.write(frame, Mode.PLAIN));
            assertThat(bytes[0]).isEqualTo((byte) 0x81);
            assertThat(payload(bytes)).startsWith("{\"message\":\"").endsWith("\"}");
        }
        assertThat(payload(WireFrames.text("x".repeat(70_000)))).hasSize(70_000);
    }

    private static String json(ServerFrame frame, Mode mode) {
        return payload(Objects.requireNonNull(FrameWriter.write(frame, mode)));
    }

    private static String payload(byte[] frame) {
        int length = frame[1] & 0x7F;
        int header = length < 126 ? 2 : length == 126 ? 4 : 10;
        long real = length;
        if (length >= 126) {
            real = 0;
            for (int i = 2; i < header; i++) {
                real = real << 8 | frame[i] & 0xFF;
            }
        }
        assertThat(frame.length - header).isEqualTo((int) real);
        return new String(frame, header, frame.length - header, StandardCharsets.UTF_8);
    }
}
