package dev.sidestream.gateway.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementTest {

    private static Announcement of(String room, String body) {
        return Announcement.ofJson(room, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Announcement ofMessage(String json) {
        return of("lobby", "{\"message\":" + json + "}");
    }

    private static void assertRefused(String field, String room, byte[] body) {
        assertThatExceptionOfType(RefusedAnnouncement.class)
                .isThrownBy(() -> Announcement.ofJson(room, body))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    private static void assertRefused(String field, String body) {
        assertRefused(field, "lobby", body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hi\"",
                "0",
                "false",
                "1.10",
                "0.12345678901234567890123",
                "1e400",
                "\"\\ud800\"",
                "{ \"build\" : [1, 2.50 ,null], \"message\": \"\" }",
                "\"😀 \\\" \\\\ \\u2028 \\/\""
            })
    void keepsTheJsonThatWasGiven(String json) {
        byte[] kept = of("lobby", "{ \"x\" : [{}], \"message\" : " + json + " , \"y\" : 1e400 }")
                .json();

        assertThat(new String(kept, StandardCharsets.UTF_8)).isEqualTo(json);
    }

    @Test
    void makesAJsonStringOfTheTextOfAForm() {
        assertThat(new String(Announcement.ofText("lobby", "a \"b\"\n🦊").json(), StandardCharsets.UTF_8))
                .isEqualTo("\"a \\\"b\\\"\\n🦊\"");
        assertThatExceptionOfType(RefusedAnnouncement.class).isThrownBy(() -> Announcement.ofText("lobby", " \n"));
        assertThatExceptionOfType(RefusedAnnouncement.class)
                .isThrownBy(() -> Announcement.ofText("lobby", "x".repeat(Announcement.MAX_BYTES)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":null}",
                "{\"message\":\"\"}",
                "{\"message\":\" \\n\\u0020\"}",
                "{\"text\":1}",
                "{}",
                "[1]",
                "\"message\"",
                "1"
            })
    void refusesAnEmptyMessageAndNone(String body) {
        assertRefused("message", body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hi",
                "{\"message\":",
                "{\"message\":1}x",
                "{\"message\":1}{}",
                "{\"message\":NaN}",
                "{\"message\":1,\"message\":2}",
                "{\"message\":{\"a\":1,\"a\":2}}",
                "{\"a\":1,\"message\":1,\"a\":2}",
                "\uFEFF{\"message\":1}"
            })
    void refusesABodyThatASocketWouldNotTake(String body) {
        assertRefused("body", body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void refusesOtherEncodingsThanUtf8(String encoding) {
        assertRefused("body", "lobby", "{\"message\":\"hi\"}".getBytes(Charset.forName(encoding)));
    }

    @Test
    void refusesWhatIsNoUtf8() {
        // An encoded surrogate and an overlong form, which no text frame may carry.
        for (int[] bad : new int[][] {{0xED, 0xA0, 0x80}, {0xC0, 0x80}, {0xFF}}) {
            byte[] body = "{\"message\":\"...\"}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bad.length; i++) {
                body[12 + i] = (byte) bad[i];
            }
            assertRefused("body", "lobby", body);
        }
    }

    @Test
    void refusesARoomThatIsNone() {
        assertRefused("room", "a b", "{\"message\":1}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesAsMuchAsARoomTakesAndNoMore() {
        String fits = "\"" + "é".repeat(Announcement.MAX_BYTES / 2 - 1) + "\"";

        assertThat(ofMessage(fits).json()).hasSize(Announcement.MAX_BYTES);
        assertRefused("message", "{\"message\":\"" + "é".repeat(Announcement.MAX_BYTES / 2) + "\"}");
        assertRefused("message", "{\"message\":\"" + "x".repeat(10 * Announcement.MAX_BYTES) + "\"}");
    }

    @Test
    void takesAsDeepAsASocketTakesAndNoDeeper() {
        int depth = MessageField.MAX_DEPTH - 1;
        ofMessage("[".repeat(depth) + "]".repeat(depth));

        assertRefused("message", "{\"message\":" + "[".repeat(depth + 1) + "]".repeat(depth + 1) + "}");
        assertRefused("message", "{\"message\":" + "[".repeat(400) + "]".repeat(400) + "}");
        assertRefused("message", "{\"message\":" + "1".repeat(10_000) + "}");
    }
}
