package dev.sidestream.ws.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private final FrameReader reader = new FrameReader(65_536);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hi\"",
                "1",
                "-1.5e10",
                "true",
                "null",
                "{}",
                "[1, 2 ,{\"a\":\"\\u00e9\"}]",
                "\"聊天室 \\\" \\\\ 🦊\"",
                "\"\""
            })
    void passesThePayloadOnAsTheBytesOfTheClient(String value) {
        ClientFrame frame = read("{ \"x\" : [1] , \"message\" :  " + value + " , \"y\":{} }", Dialects.PLAIN);

        assertThat(frame).isInstanceOfSatisfying(ClientFrame.Publish.class, publish -> {
            assertThat(new String(publish.json(), StandardCharsets.UTF_8)).isEqualTo(value);
            assertThat(publish.cid()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hi",
                "[]",
                "1",
                "\"message\"",
                "{",
                "{\"message\"",
                "{\"message\":",
                "{\"message\":}",
                "{\"message\":1",
                "{\"message\":1}x",
                "{\"message\":1}{}",
                "{\"message\":NaN}",
                "{\"message\":01}",
                "{\"message\":'a'}",
                "{\"message\":1,\"message\":2}",
                "{\"message\":{\"a\":1,\"a\":2}}",
                "{\"message\":\"\u0001\"}",
                "{}",
                "{\"text\":1}"
            })
    void answersWhatIsNoMessageWithBadJson(String text) {
        assertBadJson(read(text, Dialects.PLAIN));
    }

    private static void assertBadJson(ClientFrame frame) {
        assertThat(frame)
                .isInstanceOfSatisfying(
                        ClientFrame.Unreadable.class,
                        bad -> assertThat(bad.code()).isEqualTo(ErrorCode.BAD_JSON));
    }

    /** Each is well-formed UTF-8 too, with NUL as a character of its own, so that the socket has no reason to close. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void takesNothingForAnotherEncodingThanUtf8(String encoding) {
        for (String text : List.of("{\"message\":\"hi\"}", " {\"type\":\"ping\",\"t\":1}", "[", "1")) {
            byte[] bytes = text.getBytes(Charset.forName(encoding));

            assertThat(FrameReader.isValidText(bytes)).isTrue();
            for (Dialect dialect : Dialects.ALL) {
                assertBadJson(dialect.read(reader, bytes));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF{\"message\":1}",
                "\u0000{\"message\":1}",
                "{\"message\":1\u0000}",
                "{\"message\":1}\u0000"
            })
    void refusesAByteOrderMarkAndNulAsAnyParserOfPagesDoes(String text) {
        for (Dialect dialect : Dialects.ALL) {
            assertBadJson(read(text, dialect));
        }
    }

    @Test
    void refusesWhatIsTooDeepOrTooLong() {
        String deep = "{\"message\":" + "[".repeat(40) + "]".repeat(40) + "}";
        String digits = "{\"message\":" + "1".repeat(10_000) + "}";

        assertThat(read(deep, Dialects.PLAIN)).isInstanceOf(ClientFrame.Unreadable.class);
        assertThat(read(digits, Dialects.PLAIN)).isInstanceOf(ClientFrame.Unreadable.class);
        assertThat(read("{\"message\":" + "[".repeat(31) + "]".repeat(31) + "}", Dialects.PLAIN))
                .isInstanceOf(ClientFrame.Publish.class);
    }

    @Test
    void readsTheFieldsOfFullModeInAnyOrder() {
        assertThat(read("{\"cid\":\"c1\",\"message\":[],\"type\":\"message\"}", Dialects.FULL))
                .isInstanceOfSatisfying(
                        ClientFrame.Publish.class,
                        publish -> assertThat(publish.cid()).isEqualTo("c1"));
        assertThat(read("{\"type\":\"history\",\"rid\":\"r\",\"before\":\"1-0.1.e\",\"limit\":7}", Dialects.FULL))
                .isEqualTo(new ClientFrame.History("r", "1-0.1.e", null, 7));
        assertThat(read("{\"type\":\"pong\"}", Dialects.FULL)).isEqualTo(new ClientFrame.Pong());
        assertThat(read("{\"type\":\"ping\",\"t\": 12}", Dialects.FULL))
                .isInstanceOfSatisfying(
                        ClientFrame.Ping.class, ping -> assertThat(ping.json()).isEqualTo(new byte[] {'1', '2'}));
    }

    @Test
    void namesTheFrameThatItRefuses() {
        assertThat(read("{\"type\":\"dance\",\"cid\":\"c1\"}", Dialects.FULL))
                .isInstanceOfSatisfying(ClientFrame.Unreadable.class, bad -> {
                    assertThat(bad.code()).isEqualTo(ErrorCode.BAD_TYPE);
                    assertThat(bad.cid()).isEqualTo("c1");
                });
        assertThat(read("{\"cid\":\"c1\"}", Dialects.FULL))
                .isInstanceOfSatisfying(ClientFrame.Unreadable.class, bad -> {
                    assertThat(bad.code()).isEqualTo(ErrorCode.BAD_REQUEST);
                    assertThat(bad.cid()).isEqualTo("c1");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":1,\"cid\":\"\"}", "{\"message\":1,\"cid\":7}", "{\"message\":1,\"cid\":{\"a\":[1]}}",
                "{\"type\":\"history\",\"limit\":0}", "{\"type\":\"history\",\"limit\":1001}",
                        "{\"type\":\"history\",\"limit\":\"5\"}",
                "{\"type\":\"history\",\"limit\":99999999999999}",
                        "{\"type\":\"history\",\"before\":\"a\",\"after\":\"b\"}"
            })
    void refusesBadFields(String text) {
        assertThat(read(text, Dialects.FULL))
                .isInstanceOfSatisfying(
                        ClientFrame.Unreadable.class,
                        bad -> assertThat(bad.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void refusesCidsBeyondTheirLength() {
        assertThat(read("{\"message\":1,\"cid\":\"" + "x".repeat(64) + "\"}", Dialects.FULL))
                .isInstanceOf(ClientFrame.Publish.class);
        assertThat(read("{\"message\":1,\"cid\":\"" + "x".repeat(65) + "\"}", Dialects.FULL))
                .isInstanceOf(ClientFrame.Unreadable.class);
    }

    @Test
    void countsIdsInCharactersOfUnicode() {
        assertThat(read("{\"message\":1,\"cid\":\"" + "🦊".repeat(64) + "\"}", Dialects.FULL))
                .isInstanceOf(ClientFrame.Publish.class);
        assertThat(read("{\"message\":1,\"cid\":\"" + "🦊".repeat(65) + "\"}", Dialects.FULL))
                .isInstanceOf(ClientFrame.Unreadable.class);
        assertThat(read("{\"type\":\"history\",\"rid\":\"" + "🦊".repeat(64) + "\"}", Dialects.FULL))
                .isInstanceOf(ClientFrame.History.class);
    }

    /** Two such ids would be one in Redis, and the second message a duplicate of the first. */
    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "a\\ud83e", "\\ud83ea", "\\udd8a\\ud83e"})
    void refusesIdsThatUtf8CannotCarry(String id) {
        for (String frame : List.of("{\"message\":1,\"cid\":\"%s\"}", "{\"type\":\"history\",\"rid\":\"%s\"}")) {
            assertThat(read(frame.formatted(id), Dialects.FULL))
                    .isInstanceOfSatisfying(ClientFrame.Unreadable.class, bad -> {
                        assertThat(bad.code()).isEqualTo(ErrorCode.BAD_REQUEST);
                        assertThat(bad.cid()).isNull();
                        assertThat(bad.rid()).isNull();
                    });
        }
        assertThat(read("{\"message\":1,\"cid\":\"\\ud83e\\udd8a\"}", Dialects.FULL))
                .isInstanceOfSatisfying(
                        ClientFrame.Publish.class,
                        publish -> assertThat(publish.cid()).isEqualTo("🦊"));
    }

    @Test
    void ignoresTheFieldsOfFullModeInPlainMode() {
        assertThat(read("{\"type\":\"ping\",\"cid\":9,\"message\":\"hi\"}", Dialects.PLAIN))
                .isInstanceOfSatisfying(
                        ClientFrame.Publish.class,
                        publish -> assertThat(publish.cid()).isNull());
    }

    @Test
    void tellsWellFormedTextFromOther() {
        assertThat(FrameReader.isValidText("plain and ünïcödé 聊天室 🦊".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        for (int[] bad : new int[][] {
            {0x80},
            {0xC0, 0x80},
            {0xC3},
            {0xE0, 0x80, 0x80},
            {0xED, 0xA0, 0x80},
            {0xF4, 0x90, 0x80, 0x80},
            {0xF8, 0x88},
            {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 0xFF}
        }) {
            byte[] bytes = new byte[bad.length];
            for (int i = 0; i < bad.length; i++) {
                bytes[i] = (byte) bad[i];
            }
            assertThat(FrameReader.isValidText(bytes)).isFalse();
        }
    }

    private ClientFrame read(String text, Dialect dialect) {
        return dialect.read(reader, text.getBytes(StandardCharsets.UTF_8));
    }
}
