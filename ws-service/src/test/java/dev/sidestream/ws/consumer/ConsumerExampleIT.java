package dev.sidestream.ws.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about consumers of one's own keeps its word: what it shows compiles, runs on two nodes, and is short. */
@SocketTest
class ConsumerExampleIT {

    private static final Path PAGE = Path.of("../docs/consumers.md");

    @TempDir
    Path folder;

    @Test
    void runsOnTwoNodesAsThePageSays() throws Exception {
        String source = blocks("```java").getFirst();
        assertThat(source.lines().count()).isLessThan(40);
        Class<?> application =
                new Compiled(folder).add("example.DeskApplication", source).load();
        RedisForTests redis = RedisForTests.shared();
        try (TestNode one = TestNode.start(redis, application);
                TestNode two = TestNode.start(redis, application);
                TestClient ada = Handshake.to(one, "/desk/7/").as("ada").text().open()) {
            assertThat(ada.next()).isEqualTo("Welcome, ada");
            assertThat(ada.next()).isEqualTo("ada arrives");
            TestClient bob = Handshake.to(two, "/desk/7/").as("bob").text().open();
            assertThat(bob.next()).isEqualTo("Welcome, bob");
            assertThat(bob.next()).isEqualTo("bob arrives");
            assertThat(ada.next()).isEqualTo("bob arrives");

            bob.send("hello");
            assertThat(ada.next()).isEqualTo("bob says hello");
            assertThat(bob.next()).isEqualTo("bob says hello");
            bob.send("? what is it").send("thanks");
            assertThat(bob.next()).isEqualTo("The answer is 42");
            assertThat(bob.next()).isEqualTo("bob says thanks");
            assertThat(ada.next()).isEqualTo("bob says thanks");
        }
    }

    @Test
    void theOtherPiecesCompileAndTheUnitTestPasses() throws Exception {
        List<String> blocks = blocks("```java");
        assertThat(blocks).hasSize(3);
        String policy = """
                package example;
                import dev.sidestream.ws.rights.*;
                import org.springframework.context.annotation.Bean;
                class Policies {
                %s
                }
                """.formatted(blocks.get(1));
        String test = """
                package example;
                import static java.nio.charset.StandardCharsets.UTF_8;
                import static org.assertj.core.api.Assertions.assertThat;
                import static org.awaitility.Awaitility.await;
                import static org.mockito.Mockito.*;
                import dev.sidestream.channel.Mailbox;
                import dev.sidestream.channel.memory.InMemoryChannelLayer;
                import dev.sidestream.ws.connection.*;
                import dev.sidestream.ws.scope.*;
                import dev.sidestream.sessions.User;
                import java.util.*;
                import java.util.concurrent.CopyOnWriteArrayList;
                public class UnitTest {
                    public static void run() {
                %s
                    }
                }
                """.formatted(blocks.get(2));
        Class<?> unitTest = new Compiled(folder)
                .add("example.DeskApplication", blocks.getFirst())
                .add("example.Policies", policy)
                .add("example.UnitTest", test)
                .load();
        Method run = unitTest.getMethod("run");
        run.invoke(null);
    }

    /** The code blocks of the page that begin with a line. */
    private static List<String> blocks(String fence) throws IOException {
        Matcher matcher = Pattern.compile("(?ms)^" + fence + "\\n(.*?)^```$").matcher(Files.readString(PAGE));
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }
}
