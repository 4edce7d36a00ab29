package dev.sidestream.sessions.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpringCookiesTest {

    private static final String ID = "3f1c9a52-6f0e-4c0b-9d7e-0a1b2c3d4e5f";

    @Test
    void tellsBothFormsApart() {
        assertThat(ids(null, ID)).containsExactly(ID);
        assertThat(ids(null, base64(ID))).containsExactly(ID);
    }

    @Test
    void leavesTheRouteOut() {
        assertThat(ids(null, base64(ID + ".node-1"))).containsExactly(ID);
        assertThat(ids("node-1", base64("own-id.node-1"))).containsExactly("own-id");
        assertThat(ids("node-1", base64("own-id.node-2"))).containsExactly("own-id.node-2");
    }

    @Test
    void takesAnOwnGeneratorsIdAsItIs() {
        assertThat(ids(null, "not_base64!")).containsExactly("not_base64!");
        assertThat(ids(null, base64("own id"))).containsExactly(base64("own id"));
    }

    @Test
    void asksForNothingThatIsNoId() {
        assertThat(ids(null, "")).isEmpty();
        assertThat(ids(null, "x".repeat(5_000))).isEmpty();
        assertThat(new SpringCookies("SESSION", null).ids(List.of("SESSION=" + ID + "; SESSION=" + base64(ID))))
                .containsExactly(ID);
    }

    private static List<String> ids(String route, String value) {
        return new SpringCookies("SESSION", route).ids(List.of("SESSION=" + value));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
