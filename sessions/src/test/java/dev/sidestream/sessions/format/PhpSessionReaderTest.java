package dev.sidestream.sessions.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What PHP 8.2 itself wrote with {@code session_encode} and reads with {@code session_decode}, and what old versions did. */
class PhpSessionReaderTest {

    private static Node read(String session, Charset charset) throws UnreadableException {
        return Payloads.PHP_SESSION.read(session.getBytes(charset));
    }

    private static Node read(String session) throws UnreadableException {
        return read(session, StandardCharsets.UTF_8);
    }

    @Test
    void anExclamationMarkIsPartOfANameThatHasAValue() throws Exception {
        Node session = read("!x|i:1;!|s:14:\"!y|user_id|i:9\";user_id|i:7;");

        assertThat(session.get("!x").identifier()).isEqualTo("1");
        assertThat(session.get("user_id").identifier()).isEqualTo("7");
        assertThat(((Struct) session).names()).containsExactly("!x", "!", "user_id");
    }

    @Test
    void anExclamationMarkWithoutAValueIsAVariableThatIsNotSet() throws Exception {
        assertThat(((Struct) read("a|N;!x|user_id|i:7;")).names()).containsExactly("a", "user_id");
        assertThat(((Struct) read("user_id|i:7;!x|")).names()).containsExactly("user_id");
    }

    @Test
    void theTopBitOfALengthIsNoPartOfItWhetherAValueFollowsOrNot() throws Exception {
        Node session = read("\u0081xi:4;\u0002abi:5;\u0081z", StandardCharsets.ISO_8859_1);

        assertThat(((Struct) session).names()).containsExactly("x", "ab");
    }

    @Test
    void namesAreUtf8InAllThreeFormats() throws Exception {
        String value = "a:1:{s:2:\"id\";i:5;}";
        for (String session : new String[] {
            "größe|" + value,
            "a|N;größe|" + value,
            "\u0007größe" + value,
            "a:1:{s:7:\"größe\";" + value + "}",
            "öl|N;größe|" + value
        }) {
            assertThat(read(session).at("größe.id").identifier()).as(session).isEqualTo("5");
        }
    }
}
