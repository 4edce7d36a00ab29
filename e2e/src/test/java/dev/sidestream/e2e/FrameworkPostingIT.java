package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sidestream.e2e.client.Closing;
import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.docs.Page;
import dev.sidestream.e2e.system.Framework;
import dev.sidestream.e2e.system.RunningSystem;
import dev.sidestream.e2e.system.Shell;
import dev.sidestream.e2e.system.Websocat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the pages say about posting to a room, word for word, with each language's own Redis client; heard through nginx. */
@EndToEnd
class FrameworkPostingIT {

    /** The programs that sites copy. */
    enum Program {
        PYTHON(Framework.FLASK, "publish.py", """
                import os, redis, sys
                from publish import publish
                client = redis.from_url(os.environ["REDIS_URL"])
                print(publish(client, sys.argv[1], "first", user="site"))
                print(publish(client, sys.argv[1], {"text": "zweitens, \\u00fc \\U0001f372", "n": [1, 2.5, None]}, "site"))
                print(publish(client, sys.argv[1], "third"))
                """),
        NODE(Framework.EXPRESS, "publish.mjs", """
                import { createClient } from "redis";
                import { publish } from "./publish.mjs";
                const client = await createClient({ url: process.env.REDIS_URL }).connect();
                console.log(await publish(client, process.argv[2], "first", "site"));
                console.log(await publish(client, process.argv[2], { text: "zweitens, \\u00fc \\u{1f372}", n: [1, 2.5, null] }, "site"));
                console.log(await publish(client, process.argv[2], "third"));
                await client.close();
                """),
        PHP(Framework.PHP, "publish.php", """
                <?php
                require __DIR__ . '/publish.php';
                $redis = new Redis();
                $redis->connect(getenv('REDIS_HOST'), (int) getenv('REDIS_PORT'));
                echo sidestream_publish($redis, $argv[1], 'first', 'site'), "\\n";
                echo sidestream_publish($redis, $argv[1], ['text' => "zweitens, \\u{fc} \\u{1f372}", 'n' => [1, 2.5, null]], 'site'), "\\n";
                echo sidestream_publish($redis, $argv[1], 'third'), "\\n";
                """);

        private final Framework framework;
        private final String file;
        private final String use;

        Program(Framework framework, String file, String use) {
            this.framework = framework;
            this.file = file;
            this.use = use;
        }

        private String command(Path script) {
            return switch (this) {
                case PYTHON -> Framework.python() + " " + script;
                case NODE -> "node " + script;
                case PHP -> "php " + script;
            };
        }
    }

    @TempDir
    private Path folder;

    private RunningSystem system;
    private Visitor alice;

    @BeforeEach
    void signIn(RunningSystem running) {
        system = running;
        alice = Visitor.signIn(running, "alice");
    }

    @ParameterizedTest
    @EnumSource
    void whatASiteCopiesPostsUnderThePostersNameInOrder(Program program) throws IOException {
        assumeInstalled(program);
        Path script = program.framework.home().resolve("use-" + program.file);
        Files.writeString(script, program.use);
        for (String encoded : List.of(Visitor.newRoom("posting"), "caf%C3%A9-%E8%81%8A" + Visitor.newRoom(""))) {
            String room = java.net.URLDecoder.decode(encoded, java.nio.charset.StandardCharsets.UTF_8);
            try (WebSocketClient member = alice.full(encoded, "").connect();
                    WebSocketClient plain = alice.plain(encoded, "").connect()) {
                member.next("welcome");
                settled(plain, member);
                List<String> ids = lines(program.framework.home(), program.command(script) + " '" + room + "'");

                assertThat(ids).hasSize(3).doesNotHaveDuplicates();
                Frame first = member.next("message");
                assertThat(first.get("message")).isEqualTo("first");
                assertThat(first.get("user")).isEqualTo("site");
                Frame second = member.next("message");
                assertThat(second.message().path("text").asString()).isEqualTo("zweitens, ü 🍲");
                assertThat(second.message().path("n").toString()).isEqualTo("[1,2.5,null]");
                Frame third = member.next("message");
                assertThat(third.get("message")).isEqualTo("third");
                assertThat(List.of(id(first), id(second), id(third))).isEqualTo(ids);
                assertThat(List.of(id(plain.next()), id(plain.next()), id(plain.next())))
                        .isEqualTo(ids);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PYTHON, python, contract.py, Hello from Python",
        "NODE, js, contract.mjs, Hello from Node.js",
        "PHP, php, contract.php, Hello from PHP"
    })
    void theExamplesOfTheContractArriveAndARepetitionAddsNothing(
            Program program, String language, String file, String greeting) throws IOException {
        assumeInstalled(program);
        Path script = program.framework.home().resolve(file);
        Files.writeString(script, Page.of("wire-contract.md").block(language));
        try (WebSocketClient lobby = alice.full("lobby", "").connect();
                WebSocketClient chat =
                        alice.full("%E8%81%8A%E5%A4%A9%E5%AE%A4", "").connect()) {
            lobby.next("welcome");
            chat.next("welcome");
            List<String> ids = lines(program.framework.home(), program.command(script));

            assertThat(ids).hasSize(3);
            assertThat(ids.get(1)).as("the same cid").isEqualTo(ids.get(2));
            Frame hello = lobby.next("message");
            assertThat(hello.get("message")).isEqualTo(greeting);
            assertThat(hello.get("user")).isEqualTo("site");
            assertThat(id(hello)).isEqualTo(ids.get(0));
            WebSocketClient other = program == Program.NODE ? chat : lobby;
            Frame once = other.next("message");
            assertThat(once.message().path("text").asString()).isEqualTo("Sent once");
            assertThat(id(once)).isEqualTo(ids.get(1));
            other.send("{\"message\":\"nothing between\"}");
            assertThat(other.next("message").get("message")).isEqualTo("nothing between");
        }
    }

    /** Each line of the page in turn, by the real redis-cli. */
    @Test
    void theCommandsOfTheContractWorkInAShell() throws IOException {
        assumeThat(Shell.has("redis-cli"))
                .as("SKIPPED: redis-cli is not installed")
                .isTrue();
        Page page = Page.of("wire-contract.md");
        List<String> commands = page.blocks("sh");
        try (WebSocketClient lobby = alice.full("lobby", "").connect()) {
            lobby.next("welcome");
            Files.writeString(folder.resolve("publish.lua"), page.blocks("lua").get(0));
            Files.writeString(folder.resolve("send.lua"), page.blocks("lua").get(1));
            String posting = commands.stream()
                    .filter(line -> line.contains(" EVAL "))
                    .findFirst()
                    .orElseThrow();
            List<String> answer = lines(folder, redisCli(posting));
            Frame message = lobby.next("message");
            assertThat(message.get("message")).isEqualTo("Hello from a shell");
            assertThat(message.get("user")).isEqualTo("site");
            assertThat(id(message)).isEqualTo(answer.get(2) + "." + answer.get(1) + "." + answer.get(0));

            String history = commands.stream()
                    .filter(line -> line.contains(" XREVRANGE "))
                    .findFirst()
                    .orElseThrow();
            assertThat(lines(folder, redisCli(history))).contains("\"Hello from a shell\"");
            String toGroup = commands.stream()
                    .filter(line -> line.contains(" g staff "))
                    .findFirst()
                    .orElseThrow();
            assertThat(lines(folder, redisCli(toGroup))).hasSize(1);

            String revoke = commands.stream()
                    .filter(line -> line.contains("revoke"))
                    .findFirst()
                    .orElseThrow();
            assertThat(commands).as("all of the page's").containsExactly(posting, toGroup, revoke, history);
            lines(folder, redisCli(revoke));
            Closing closing = lobby.closed();
            assertThat(closing.code()).isEqualTo(4012);
        }
    }

    @Test
    void theCommandOfTheRecipeForAnySiteWorks() throws IOException {
        assumeThat(Shell.has("redis-cli"))
                .as("SKIPPED: redis-cli is not installed")
                .isTrue();
        Files.writeString(
                folder.resolve("publish.lua"),
                Page.of("wire-contract.md").blocks("lua").getFirst());
        try (WebSocketClient orders = alice.full("orders", "").connect()) {
            orders.next("welcome");
            String command = Page.recipe("http")
                    .section("Posting to a room from the site")
                    .block("sh");
            List<String> answer = lines(folder, redisCli(command));
            Frame order = orders.next("message");
            assertThat(order.get("message")).isEqualTo("a new order");
            assertThat(order.get("user")).isEqualTo("alice");
            assertThat(id(order)).startsWith(answer.get(2));
        }
    }

    /** The recipe for tokens shows a whole program. */
    @Test
    void theProgramOfTheRecipeForTokensPosts() throws IOException {
        assumeInstalled(Program.PYTHON);
        Path home = Program.PYTHON.framework.home();
        String program =
                Page.recipe("tokens").section("Posting to a room from the site").block("python");
        Files.writeString(
                home.resolve("post.py"),
                program.replace("redis://127.0.0.1:6379", environment().get("REDIS_URL")));
        try (WebSocketClient lobby = alice.full("lobby", "").connect()) {
            lobby.next("welcome");
            List<String> ids = lines(home, Framework.python() + " post.py");
            Frame order = lobby.next("message");
            assertThat(order.get("message")).isEqualTo("a new order");
            assertThat(order.get("user")).isEqualTo("alice");
            assertThat(List.of(id(order))).isEqualTo(ids);
        }
    }

    @Test
    void theRecipeForTokensShowsHowToSeeThatItWorks() {
        assumeThat(Websocat.install(folder) && Shell.has("openssl"))
                .as("SKIPPED: websocat or openssl cannot be had")
                .isTrue();
        Page proof = Page.recipe("tokens").section("See that it works");
        List<String> commands = proof.blocks("sh").stream()
                .map(command ->
                        command.replace("wss://www.example.org", system.origin().replace("http:", "ws:")))
                .toList();
        assertThat(commands).hasSize(3);
        List<String> sent = lines(folder, commands.get(0) + commands.get(1));
        String id = "\"id\":\"[^\"]+\"";
        assertThat(sent.getFirst().replaceAll(id, ""))
                .isEqualTo(proof.block("json").strip().replaceAll(id, ""));
        Shell.Result unsigned = Shell.run(folder, environment(), commands.get(0) + commands.get(2));
        assertThat(unsigned.output()).contains(proof.block("text").strip());
    }

    private void assumeInstalled(Program program) {
        assumeThat(program.framework.install(folder))
                .as("SKIPPED: what this machine lacks")
                .isNull();
    }

    /** Who hears what it says itself is a member, and so is who hears it too. */
    private static void settled(WebSocketClient speaker, WebSocketClient other) {
        speaker.send("{\"message\":\"settled\"}");
        speaker.next(frame -> "settled".equals(frame.get("message")));
        other.next(frame -> "settled".equals(frame.get("message")));
    }

    private List<String> lines(Path where, String script) {
        Shell.Result result = Shell.run(where, environment(), script);
        assertThat(result.succeeded()).as(result.output()).isTrue();
        List<String> lines = new ArrayList<>(result.output().lines().toList());
        lines.removeIf(String::isBlank);
        return lines;
    }

    private Map<String, String> environment() {
        String host = system.redis().host();
        String port = Integer.toString(system.redis().port());
        return Map.of("REDIS_HOST", host, "REDIS_PORT", port, "REDIS_URL", "redis://" + host + ":" + port);
    }

    /** As on a machine where Redis is at its usual port. */
    private static String redisCli(String line) {
        return "redis-cli() { command redis-cli -h \"$REDIS_HOST\" -p \"$REDIS_PORT\" --raw \"$@\"; }\n" + line;
    }

    private static String id(Frame frame) {
        return String.valueOf(frame.get("id"));
    }
}
