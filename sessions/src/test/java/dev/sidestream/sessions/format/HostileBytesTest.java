package dev.sidestream.sessions.format;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sidestream.sessions.spring.SpringContexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, a reader answers with a tree or says that they are unreadable, after little work and in little memory. */
class HostileBytesTest {

    private static final Map<String, PayloadReader> READERS = Map.of(
            "java", Payloads.JAVA,
            "java-or-json", Payloads.JAVA_OR_JSON,
            "json", Payloads.JSON,
            "pickle", Payloads.PICKLE,
            "msgpack", Payloads.MSGPACK,
            "python", Payloads.PYTHON,
            "php", Payloads.PHP,
            "php-session", Payloads.PHP_SESSION,
            "spring", SpringContexts.identified());

    static List<String> readers() {
        return List.copyOf(READERS.keySet());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void staysWithinSixStepsAByteAndOneMebibyte(String name) {
        HostileBytes.assertCheap(name, READERS.get(name), HostileBytes.corpus());
    }

    @ParameterizedTest
    @MethodSource("readers")
    void throwsNothingButUnreadableOnChangedBytes(String name) {
        PayloadReader reader = READERS.get(name);
        Random random = new Random(7);
        List<byte[]> seeds = new ArrayList<>(HostileBytes.corpus().values());
        for (int round = 0; round < 20_000; round++) {
            byte[] seed = seeds.get(random.nextInt(seeds.size()));
            byte[] bytes = Arrays.copyOf(seed, Math.min(seed.length, 1 + random.nextInt(600)));
            for (int change = random.nextInt(6); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThatCode(() -> HostileBytes.attempt(reader, bytes)).doesNotThrowAnyException();
        }
    }
}
