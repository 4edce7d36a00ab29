package dev.sidestream.gateway.announcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class AnnouncementTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static void assertRefused(String field, String room, JsonNode message) {
        assertThatExceptionOfType(RefusedAnnouncement.class)
                .isThrownBy(() -> Announcement.of(room, message))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"hi\"", "0", "false", "{\"build\":[1,2.50,null]}", "\"😀 \\\" \\\\ \\u2028\""})
    void keepsTheJsonThatWasGiven(String json) {
        byte[] kept = Announcement.of("lobby", JSON.readTree(json)).json();

        assertThat(JSON.readTree(kept)).isEqualTo(JSON.readTree(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \\n\""})
    void refusesAnEmptyMessage(String json) {
        assertRefused("message", "lobby", JSON.readTree(json));
    }

    @Test
    void refusesNoMessage() {
        assertRefused("message", "lobby", MissingNode.getInstance());
    }

    @Test
    void refusesARoomThatIsNone() {
        assertRefused("room", "a b", JSON.readTree("1"));
    }

    @Test
    void takesAsMuchAsARoomTakesAndNoMore() {
        String fits = "\"" + "é".repeat(Announcement.MAX_BYTES / 2 - 1) + "\"";
        assertThat(fits.getBytes(StandardCharsets.UTF_8)).hasSize(Announcement.MAX_BYTES);

        assertThat(Announcement.of("lobby", JSON.readTree(fits)).json()).hasSize(Announcement.MAX_BYTES);
        assertRefused("message", "lobby", JSON.readTree("\"" + "é".repeat(Announcement.MAX_BYTES / 2) + "\""));
    }

    @Test
    void takesAsDeepAsARoomTakesAndNoDeeper() {
        int depth = Announcement.MAX_DEPTH;
        Announcement.of("lobby", JSON.readTree("[".repeat(depth) + "]".repeat(depth)));

        assertRefused("message", "lobby", JSON.readTree("[".repeat(depth + 1) + "]".repeat(depth + 1)));
        assertRefused("message", "lobby", JSON.readTree("[".repeat(400) + "]".repeat(400)));
    }
}
