package dev.sidestream.sessions.laravel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sidestream.sessions.format.HostileBytes;
import dev.sidestream.sessions.format.Node;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaravelReaderTest {

    private static final LaravelReader READER = new LaravelReader(keys());

    private static List<LaravelKey> keys() {
        List<LaravelKey> keys = new ArrayList<>();
        for (byte i = 0; i < 4; i++) {
            byte[] key = new byte[32];
            key[0] = i;
            keys.add(LaravelKey.parse("base64:" + Base64.getEncoder().encodeToString(key)));
        }
        return keys;
    }

    /** As PHP serializes a text, length in bytes. */
    private static byte[] text(byte[] content) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(("s:" + content.length + ":\"").getBytes(StandardCharsets.UTF_8));
        text.writeBytes(content);
        text.writeBytes(new byte[] {'"', ';'});
        return text.toByteArray();
    }

    @Test
    void readsASessionThatHoldsBytesOfNoText() throws Exception {
        for (String bytes : new String[] {"caf\u00e9", "\u0000\u00ff\u0080\u00c3(\";", "gr\u00c3\u00b6\u00c3\u009fe"}) {
            String session = "a:2:{s:3:\"key\";s:" + bytes.length() + ":\"" + bytes + "\";s:2:\"id\";i:7;}";

            Node read = READER.read(text(session.getBytes(StandardCharsets.ISO_8859_1)));

            assertThat(read.get("id").identifier()).isEqualTo("7");
        }
    }

    @Test
    void staysWithinSixStepsAByteAndOneMebibyte() {
        HostileBytes.assertCheap("laravel", READER, corpus());
    }

    @Test
    void throwsNothingButUnreadableOnChangedBytes() {
        Random random = new Random(7);
        List<byte[]> seeds = new ArrayList<>(corpus().values());
        for (int round = 0; round < 20_000; round++) {
            byte[] seed = seeds.get(random.nextInt(seeds.size()));
            byte[] bytes = Arrays.copyOf(seed, Math.min(seed.length, 1 + random.nextInt(600)));
            for (int change = random.nextInt(6); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> HostileBytes.attempt(READER, bytes)).doesNotThrowAnyException();
        }
    }

    private static Map<String, byte[]> corpus() {
        Map<String, byte[]> corpus = new LinkedHashMap<>(HostileBytes.corpus());
        byte[] noText = new byte[65_400];
        Arrays.fill(noText, (byte) 0xff);
        corpus.put("bytes of no text in two layers", text(text(noText)));
        corpus.put(
                "wide characters in three layers",
                text(text(text("\u804a".repeat(21_800).getBytes(StandardCharsets.UTF_8)))));
        String array = "a:2400:{" + "i:0;s:5:\"xxxxx\";".repeat(2_400) + "}";
        corpus.put("an array in three layers", text(text(text(array.getBytes(StandardCharsets.UTF_8)))));
        corpus.put("a text in texts", text(text(text(text(text(new byte[0]))))));
        corpus.put("encrypted with a mac by nobody", encrypted(48_000, "\"mac\":\"00\",\"tag\":\"\""));
        corpus.put("encrypted with a tag by nobody", sealed(48_000));
        return corpus;
    }

    private static byte[] sealed(int length) {
        String tag = Base64.getEncoder().encodeToString(new byte[16]);
        return encrypted(length, "\"mac\":\"\",\"tag\":\"" + tag + "\"");
    }

    private static byte[] encrypted(int length, String proof) {
        String iv = Base64.getEncoder().encodeToString(new byte[16]);
        String json = "{\"iv\":\"" + iv + "\",\"value\":\"" + "A".repeat(length) + "\"," + proof + "}";
        return text(Base64.getEncoder().encode(json.getBytes(StandardCharsets.UTF_8)));
    }
}
