package dev.sidestream.sessions.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes whatever: a tree, or {@link UnreadableException}, and nothing else.
 *
 * <p>Jazzer invents the bytes, guided by what they reach, beginning with the seeds in the resources next to this class. The
 * first byte chooses the reader. The build runs it in an execution of its own, with as many inputs on each machine.
 */
class ReadersFuzzTest {

    /** The seeds know the readers by their place in here. */
    static final List<PayloadReader> READERS = List.of(
            Payloads.JAVA, Payloads.JSON, Payloads.PICKLE, Payloads.MSGPACK, Payloads.PYTHON, Payloads.PHP_SESSION);

    @FuzzTest(maxExecutions = 100_000)
    void anyBytes(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        PayloadReader reader = READERS.get((bytes[0] & 0xff) % READERS.size());
        try {
            Node node = reader.read(Arrays.copyOfRange(bytes, 1, bytes.length));
            node.at("a.b.c").identifier();
            node.identifier();
            node.isTrue();
        } catch (UnreadableException expected) {
            if (expected.reason() == null) {
                throw new AssertionError("every refusal has a reason", expected);
            }
        }
    }
}
