package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.e2e.client.Closing;
import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.docs.Page;
import dev.sidestream.e2e.system.ManagedProcess;
import dev.sidestream.e2e.system.Nginx;
import dev.sidestream.e2e.system.OtherSite;
import dev.sidestream.e2e.system.Shell;
import dev.sidestream.e2e.system.SitesSystem;
import dev.sidestream.e2e.system.Websocat;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sites of real frameworks, through real nginx and two nodes: log in as the framework does it, be greeted by name, hear what the
 * site's own code posts, log out, be closed everywhere. Leaves a table in {@code target/frameworks.md}.
 */
@Tag("nginx")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FrameworksIT {

    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Map<OtherSite, String> TABLE = new EnumMap<>(OtherSite.class);

    private static SitesSystem system;

    @BeforeAll
    static void start() {
        assumeThat(Nginx.isInstalled()).as("nginx").isTrue();
        system = SitesSystem.start();
    }

    @AfterAll
    static void stop() throws IOException {
        String table = "| framework | login | greeted as | logout close ms |\n|---|---|---|---|\n"
                + TABLE.values().stream().collect(Collectors.joining("\n", "", "\n"));
        System.out.println(table);
        Files.writeString(Path.of("target", "frameworks.md"), table);
        if (system != null) {
            system.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void greetsWhoLoggedInAndClosesWhoLoggedOut(OtherSite site) throws Exception {
        TABLE.put(site, "| %s | failed | | |".formatted(site));
        String lack = system.lack(site);
        if (lack != null) {
            TABLE.put(site, "| %s | skipped: %s | | |".formatted(site, lack));
        }
        assumeThat(lack).as("SKIPPED: what this machine lacks for %s", site).isNull();
        SiteVisitor alice = new SiteVisitor(system.origin(site));

        alice.get("/");
        assertThat(status(site, alice)).as("a visitor").isEqualTo(401);
        alice.post("/login", "username=alice&password=wonderland");
        assertThat(alice.cookies()).contains(site.cookie() + "=");
        assertThat(alice.get("/whoami")).contains("alice");

        Map<String, WebSocketClient> sockets = new HashMap<>();
        try (WebSocketClient greeted =
                system.handshake(site, "/chat/", alice.cookies()).connectText()) {
            String greeting = greeted.nextText();
            assertThat(greeting).isEqualTo("[Welcome alice!]");
            enterOnEachNode(site, alice, sockets);
            alice.post("/orders", "");
            assertHeard(sockets, "a new order");

            // A page view writes the session anew and must disturb nobody.
            alice.get("/");
            sockets.values().iterator().next().send("{\"message\":\"still here\"}");
            assertHeard(sockets, "still here");
            assertThat(greeted.isOpen()).isTrue();

            alice.post("/logout", "bye=1");
            long loggedOut = System.nanoTime();
            sockets.put("greeted", greeted);
            TABLE.put(
                    site,
                    "| %s | alice | %s | %s |"
                            .formatted(
                                    site,
                                    greeting,
                                    site.isWatched() ? closed(sockets, loggedOut) : "when it is asked again"));
        } finally {
            sockets.values().forEach(WebSocketClient::cut);
        }
        Await.until(site + " lets the cookie in no more", WAIT, () -> status(site, alice) == 401);
    }

    /** Milliseconds until the last of them was closed because of the logout. */
    private static String closed(Map<String, WebSocketClient> sockets, long loggedOut) {
        for (Map.Entry<String, WebSocketClient> socket : sockets.entrySet()) {
            Closing closing = socket.getValue().closed(WAIT);
            assertThat(closing.code()).as(socket.getKey()).isEqualTo(4011);
        }
        return Long.toString((System.nanoTime() - loggedOut) / 1_000_000);
    }

    /** The last section of each recipe, word for word but for the site's address. */
    @ParameterizedTest
    @EnumSource(names = {"SPRING_MVC", "WEBFLUX", "EXPRESS", "DJANGO", "FLASK", "PHP", "HTTP"})
    void theRecipeShowsHowToSeeThatItWorks(OtherSite site, @TempDir Path folder) throws Exception {
        assumeThat(Websocat.install(folder))
                .as("SKIPPED: websocat cannot be had")
                .isTrue();
        assumeThat(system.lack(site))
                .as("SKIPPED: what this machine lacks for %s", site)
                .isNull();
        Page proof = Page.recipe(site.recipe()).section("See that it works");
        SiteVisitor alice = new SiteVisitor(system.origin(site));
        alice.post("/login", "username=alice&password=wonderland");
        String value = alice.cookies().substring(alice.cookies().indexOf('=') + 1);
        List<String> commands = proof.blocks("sh").stream()
                .map(command -> command.replace("https://www.example.org", system.origin(site))
                        .replace("wss://www.example.org", system.origin(site).replace("http:", "ws:"))
                        .replace("<value>", value))
                .toList();

        Shell.Result sent = Shell.run(folder, Map.of(), commands.get(0));
        assertThat(withoutId(sent.output())).isEqualTo(withoutId(proof.block("json")));

        Shell.Result forged = Shell.run(folder, Map.of(), commands.get(1));
        assertThat(forged.output()).contains(proof.block("text").strip());

        if (!site.isWatched()) {
            return;
        }
        Path pipe = folder.resolve("typed");
        assertThat(Shell.run(folder, Map.of(), "mkfifo typed").succeeded()).isTrue();
        String cookie = commands.get(0).lines().findFirst().orElseThrow();
        try (ManagedProcess kept =
                Shell.start(folder, folder.resolve("kept.log"), Map.of(), cookie + "\n" + commands.get(2), "typed")) {
            try (Writer typed = Files.newBufferedWriter(pipe)) {
                typed.write("{\"message\": \"anybody?\"}\n");
                typed.flush();
                Await.until(
                        "websocat prints what is said", WAIT, () -> kept.log().contains("anybody?"));
                alice.post("/logout", "bye=1");
                kept.awaitExit(WAIT);
            }
        }
    }

    private static String withoutId(String frame) {
        return frame.strip().replaceAll("\"id\":\"[^\"]+\"", "\"id\":\"...\"");
    }

    /** Opens sockets through nginx until there is one on each node. */
    private static void enterOnEachNode(OtherSite site, SiteVisitor alice, Map<String, WebSocketClient> sockets) {
        Await.until("a socket on each node", WAIT, () -> {
            WebSocketClient socket = system.handshake(site, "/chat/orders/", alice.cookies())
                    .header("Sec-WebSocket-Protocol", Visitor.FULL)
                    .connect();
            Frame welcome = socket.next("welcome");
            assertThat(welcome.get("user")).isEqualTo("alice");
            WebSocketClient other = sockets.put(welcome.get("node"), socket);
            if (other != null) {
                other.close();
            }
            return sockets.keySet().containsAll(system.nodes());
        });
    }

    private static void assertHeard(Map<String, WebSocketClient> sockets, String text) {
        var ids = sockets.values().stream()
                .map(socket -> {
                    Frame message = socket.next("message");
                    assertThat(message.get("message")).isEqualTo(text);
                    assertThat(message.get("user")).isEqualTo("alice");
                    return message.get("id");
                })
                .collect(Collectors.toSet());
        assertThat(ids).as("ids of %s on all nodes", text).hasSize(1);
    }

    private static int status(OtherSite site, SiteVisitor visitor) {
        try (HandshakeAnswer answer =
                system.handshake(site, "/chat/", visitor.loginCookies()).open()) {
            return answer.status();
        }
    }
}
