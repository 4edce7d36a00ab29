package dev.sidestream.sessions.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Values as Python's own pickle and msgpack write them. */
class PythonReaderTest {

    private static Node read(String latin1) throws UnreadableException {
        return Payloads.PYTHON.read(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aMapThatBeginsLikeCompressedBytesIsRead() throws Exception {
        // {"k" * 23: "", "_auth_user_id": "7", "a": 1, ... "f": 1}, eight entries
        StringBuilder map = new StringBuilder("\u0088\u00b7" + "k".repeat(23) + "\u00a0\u00ad_auth_user_id\u00a17");
        for (char name = 'a'; name < 'g'; name++) {
            map.append('\u00a1').append(name).append('\u0001');
        }
        assertThat(read(map.toString()).get("_auth_user_id").identifier()).isEqualTo("7");
    }

    @Test
    void aPickleThatBeginsLikeCompressedBytesIsRead() throws Exception {
        assertThat(((Struct) read("(S'7'\np0\nt.")).items()).containsExactly(new Node.Text("7"));
    }

    @Test
    void compressedBytesAreRead() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(bytes)) {
            zlib.write("{\"_auth_user_id\": \"7\"}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Payloads.PYTHON
                        .read(bytes.toByteArray())
                        .get("_auth_user_id")
                        .identifier())
                .isEqualTo("7");
    }

    @Test
    void textsOfProtocol0HaveEscapes() throws Exception {
        Node session = read("(dp0\nV_auth_user_id\np1\nV7\np2\nsVname\np3\n"
                + "Vgr\u00f6\u00dfe \\u20ac \\U0001f600\\u005cu0041 \\u000a\\\\u0041\\x\\\np4\ns.");

        assertThat(session.get("_auth_user_id").identifier()).isEqualTo("7");
        assertThat(session.get("name").identifier()).isEqualTo("größe € 😀\\u0041 \n\\\\u0041\\x\\");
        for (String wrong : new String[] {"\\u12", "\\u12g4", "\\U00110000", "\\Uffffffff", "\\u+123"}) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> read("(dV" + wrong + "\nNs.")))
                    .as(wrong)
                    .isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void orderedAndDefaultDictsAreDicts() throws Exception {
        for (String dict : new String[] {
            "ccollections\nOrderedDict\np0\n(tRp1\nV_auth_user_id\np2\nV7\np3\ns.",
            "\u0080\u0002ccollections\nOrderedDict\nq\u0000)Rq\u0001X\r\u0000\u0000\u0000_auth_user_idq\u0002X\u0001\u0000\u0000\u00007q\u0003s.",
            "\u0080\u0004\u008c\u000bcollections\u0094\u008c\u000bOrderedDict\u0094\u0093\u0094)R\u0094(\u008c\r_auth_user_id\u0094\u008c\u00017\u0094u.",
            "\u0080\u0002ccollections\ndefaultdict\nq\u0000c__builtin__\nlist\nq\u0001\u0085q\u0002Rq\u0003X\r\u0000\u0000\u0000_auth_user_idq\u0004X\u0001\u0000\u0000\u00007q\u0005s."
        }) {
            assertThat(read(dict).get("_auth_user_id").identifier()).as(dict).isEqualTo("7");
        }
        assertThat(read("\u0080\u0002cother\nOrderedDict\n)RX\u0001\u0000\u0000\u0000aNs."))
                .isEqualTo(Node.Blank.OPAQUE);
    }
}
