package dev.sidestream.sessions.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CookiesTest {

    @Test
    void findsCookiesOfExactlyThatName() {
        assertThat(values("SESSION=a")).containsExactly("a");
        assertThat(values("x=1; SESSION=a; y=2")).containsExactly("a");
        assertThat(values("XSESSION=a; SESSIONX=b; session=c; Session=d")).isEmpty();
        assertThat(values("SESSION")).isEmpty();
        assertThat(values("x=SESSION=a")).isEmpty();
        assertThat(values("")).isEmpty();
        assertThat(values(";;; ; =;=a")).isEmpty();
    }

    @Test
    void readsWhatBrowsersAndProxiesMakeOfThem() {
        assertThat(values("SESSION=\"a\"")).containsExactly("a");
        assertThat(values("SESSION=a=b==")).containsExactly("a=b==");
        assertThat(values(" SESSION = a ;SESSION=b")).containsExactly("a", "b");
        assertThat(Cookies.values(List.of("SESSION=a", "SESSION=b"), "SESSION")).containsExactly("a", "b");
    }

    @Test
    void looksAtFourAtMost() {
        assertThat(values("SESSION=1; SESSION=2; SESSION=3; SESSION=4; SESSION=5"))
                .containsExactly("1", "2", "3", "4");
        assertThat(Cookies.values(List.of("SESSION=1; SESSION=2; SESSION=3", "SESSION=4; SESSION=5"), "SESSION"))
                .hasSize(4);
    }

    @Test
    void takesNothingForAnIdThatNoCookieCouldHold() {
        assertThat(Cookies.isId("a-Z_0~!")).isTrue();
        assertThat(Cookies.isId("x".repeat(256))).isTrue();
        for (String wrong : List.of("", " ", "a b", "a\r\nb", "a\0", "é", "\u007f", "x".repeat(257))) {
            assertThat(Cookies.isId(wrong)).isFalse();
        }
    }

    @Test
    void decodesPercentEncodingAndLeavesWhatIsNone() {
        assertThat(PercentDecoding.decode("s%3Aa%2Fb%2b+c")).isEqualTo("s:a/b++c");
        for (String same : List.of("plain", "%", "%4", "%zz", "a%2", "é%20")) {
            assertThat(PercentDecoding.decode(same)).isEqualTo(same);
        }
    }

    private static List<String> values(String header) {
        return Cookies.values(List.of(header), "SESSION");
    }
}
