package dev.sidestream.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {

    private static Publication publication(@Nullable String user, @Nullable String cid, @Nullable String userId) {
        return new Publication(user, "1".getBytes(UTF_8), cid, userId);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\uD800', '\uDFFF'})
    void refusesATextThatWouldBecomeAnotherOnItsWay(char alone) {
        for (String text : new String[] {"" + alone, "a" + alone, alone + "a", "🦊" + alone}) {
            assertThatIllegalArgumentException().isThrownBy(() -> publication("alice", text, null));
            assertThatIllegalArgumentException().isThrownBy(() -> publication(text, null, null));
            assertThatIllegalArgumentException().isThrownBy(() -> publication("alice", null, text));
        }
    }

    @Test
    void countsACidInCharactersOfUnicode() {
        assertThat(publication(null, "🦊".repeat(Publication.MAX_CID), null).cid())
                .hasSize(2 * Publication.MAX_CID);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publication(null, "🦊".repeat(Publication.MAX_CID + 1), null))
                .withMessageContaining("65");
        assertThatIllegalArgumentException().isThrownBy(() -> publication(null, "", null));
    }
}
