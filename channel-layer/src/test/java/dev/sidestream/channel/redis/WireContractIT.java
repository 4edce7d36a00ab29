package dev.sidestream.channel.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.BlockingChannelLayer;
import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.redis.link.RedisEndpoints;
import dev.sidestream.channel.redis.link.RedisLink;
import dev.sidestream.channel.redis.link.RedisLinkOptions;
import dev.sidestream.channel.redis.link.RedisScript;
import dev.sidestream.channel.redis.log.EntryId;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.Inbox;
import dev.sidestream.channel.testing.RedisForTests;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs what docs/wire-contract.md tells other languages to do, word for word. */
class WireContractIT {

    private static final Path PAGE = Path.of("..", "docs", "wire-contract.md");
    private static final Path WORK = Path.of("target", "wire").toAbsolutePath();

    private RedisForTests redis;
    private Node node;
    private String page;

    @BeforeEach
    void start() throws IOException {
        redis = RedisForTests.create();
        node = new Node(redis, "lobby");
        page = Files.readString(PAGE);
        Files.createDirectories(WORK);
        Files.writeString(WORK.resolve("publish.lua"), block("lua", 0));
        Files.writeString(WORK.resolve("send.lua"), block("lua", 1));
    }

    @AfterEach
    void stop() {
        node.close();
        redis.close();
    }

    private String block(String language, int number) {
        return blocks(language).get(number);
    }

    private List<String> blocks(String language) {
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        return matcher.results().map(result -> result.group(1)).toList();
    }

    /** Runs a command in the folder of the examples, with the address of Redis in its environment, and returns its output. */
    private String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(WORK.toFile()).redirectErrorStream(true);
        builder.environment().put("REDIS_HOST", redis.host());
        builder.environment().put("REDIS_PORT", Integer.toString(redis.port()));
        builder.environment().put("PYTHONPATH", WORK.resolve("python").toString());
        Path output = Files.createTempFile(WORK, "output", ".txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output);
        Files.delete(output);
        assertThat(ended && process.exitValue() == 0).as(text).isTrue();
        return text;
    }

    private boolean succeeds(String... command) throws InterruptedException {
        try {
            run(command);
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        }
    }

    @Test
    void showsTheScriptsThatShip() {
        assertThat(block("lua", 0)).isEqualTo(script("publish.lua"));
        assertThat(block("lua", 1)).isEqualTo(script("send.lua"));
    }

    private static String script(String name) {
        return new String(new RedisScript(RedisChannelLayer.class, name).text(), UTF_8);
    }

    @Test
    @EachRedis
    void publishesAndSendsFromAShell() throws Exception {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = node.layer.open(inbox)) {
            node.layer.groupAdd("staff", mailbox.channel()).block();
            Object last = null;
            for (String line : blocks("sh")) {
                // The words as a shell would hand them to redis-cli, sent by the tests' own client.
                String words = run("bash", "-c", "redis-cli() { printf '%s\\0' \"$@\"; }; " + line);
                last = redis.command(words.split("\0"));
            }
            node.awaitBodies("\"Hello from a shell\"");
            assertThat(inbox.await(1)).containsExactly("The shop closes at six");
            assertThat(String.valueOf(last)).contains("Hello from a shell");
        }
    }

    @Test
    void computesThePartitionInAShell() throws Exception {
        Matcher matcher = Pattern.compile("in a shell: `([^`]+)`").matcher(page);
        assertThat(matcher.find()).isTrue();
        assertThat(run("bash", "-c", matcher.group(1)).trim()).isEqualTo("7");
    }

    @Test
    void publishesFromPython() throws Exception {
        Assumptions.assumeTrue(succeeds("python3", "--version"), "python3 is not installed");
        if (!succeeds("python3", "-c", "import redis")) {
            boolean installed = succeeds(
                    "python3",
                    "-m",
                    "pip",
                    "install",
                    "-q",
                    "--target",
                    WORK.resolve("python").toString(),
                    "redis");
            Assumptions.assumeTrue(installed, "the Python client cannot be had");
        }
        Files.writeString(WORK.resolve("publish.py"), block("python", 0));
        List<String> ids = run("python3", "publish.py").lines().toList();
        node.awaitBodies("\"Hello from Python\"", "{\"text\": \"Sent once\", \"price\": 3}");
        assertIds(ids);
    }

    @Test
    void publishesFromNode() throws Exception {
        Assumptions.assumeTrue(
                succeeds("node", "-e", "process.exit(require('zlib').crc32 ? 0 : 1)"),
                "Node.js 20.15 is not installed");
        if (!Files.exists(WORK.resolve("node_modules").resolve("redis"))) {
            boolean installed =
                    succeeds("npm", "install", "--silent", "--no-save", "--prefix", WORK.toString(), "redis");
            Assumptions.assumeTrue(installed, "the Node.js client cannot be had");
        }
        Files.writeString(WORK.resolve("publish.mjs"), block("js", 0));
        List<String> ids = new ArrayList<>(run("node", "publish.mjs").lines().toList());
        node.awaitBodies("\"Hello from Node.js\"");
        assertThat(ids).hasSize(3);
        assertThat(ids.get(1)).isEqualTo(ids.get(2));
        assertThat(node.layer.last("聊天室", 10).block().publications())
                .extracting(stored -> stored.position().id())
                .containsExactly(ids.get(1));
    }

    @Test
    void showsJavaThatCompiles() throws IOException {
        Path folder = Files.createDirectories(WORK.resolve("java"));
        Path source = Files.writeString(folder.resolve("Announcements.java"), block("java", 0));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", folder.toString(), source.toString());
        assertThat(failures).isZero();
    }

    private void assertIds(List<String> ids) {
        assertThat(ids).hasSize(3);
        assertThat(ids.get(1)).isEqualTo(ids.get(2));
        assertThat(node.received())
                .extracting(stored -> stored.position().id())
                .containsExactly(ids.get(0), ids.get(1));
    }

    @Test
    @EachRedis
    void grantsWhatIsNeeded() {
        block("acl", 0).lines().forEach(line -> redis.command(line.split(" ")));
        try (Node restricted = new Node(endpoints("node"), "lobby", ChannelLayerSettings.of("restricted"))) {
            RedisLink link = RedisLink.to(endpoints("site"), RedisLinkOptions.defaults());
            RedisChannelLayer site = new RedisChannelLayer(link, ChannelLayerSettings.of("site"));
            try (link;
                    site) {
                Await.until("connected", link::isUp);
                assertThat(BlockingChannelLayer.on(site)
                                .publish("lobby", new Publication("site", "1".getBytes(UTF_8), "c"))
                                .duplicate())
                        .isFalse();
            }
            restricted.awaitBodies("1");
            assertThat(restricted.replay(restricted.received().getFirst(), 10)).isInstanceOf(Replay.Contiguous.class);
            assertThat(restricted.layer.lost("lobby", unheard(restricted)).block())
                    .isTrue();
            assertThat(restricted.layer.readerStats().retries()).isZero();
        }
    }

    /** A position that Redis never had. */
    private static Position unheard(Node node) {
        Position last = node.received().getLast().position();
        return new Position(last.epoch(), last.seq() + 1, EntryId.before("9999999999999-0"));
    }

    private RedisEndpoints endpoints(String user) {
        RedisURI uri = RedisURI.create(redis.host(), redis.port());
        uri.setAuthentication(user, "secret");
        return new RedisEndpoints(RedisEndpoints.Kind.STANDALONE, List.of(uri), null);
    }
}
