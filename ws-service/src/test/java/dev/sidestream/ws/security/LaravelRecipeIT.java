package dev.sidestream.ws.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.sessions.recorded.Recording;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node with the lines that docs/bolt-on/laravel.md prints, the site's key filled in and no other, and a recorded login. */
@SocketTest
class LaravelRecipeIT {

    private static final Recording SITE = Recording.of("laravel-12");

    private static RedisForTests redis;
    private static TestNode node;

    @BeforeAll
    static void start() throws IOException {
        redis = RedisForTests.create();
        String page = Files.readString(Path.of("../docs/bolt-on/laravel.md"));
        String block = page.split("```properties\n", 2)[1].split("```", 2)[0];
        node = TestNode.withRealLogins(
                redis,
                block.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replace("base64:the APP_KEY of the site", SITE.setting("APP_KEY")))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        node.close();
        redis.close();
    }

    private static String key() {
        return SITE.login().keys().keySet().iterator().next();
    }

    private static void store(String session) {
        redis.command(
                "SET",
                key(),
                "s:" + session.getBytes(StandardCharsets.UTF_8).length + ":\"" + session + "\";",
                "EX",
                "600");
    }

    private static double reads() {
        return node.meter("sidestream.sessions.reads", "outcome", "read");
    }

    @Test
    void areEnough() {
        for (Map.Entry<String, byte[]> stored : SITE.login().keys().entrySet()) {
            redis.command("SET", stored.getKey(), new String(stored.getValue(), StandardCharsets.UTF_8), "EX", "600");
        }

        TestClient alice = Handshake.to(node, "lobby")
                .header("Cookie", SITE.login().cookies())
                .full()
                .open();

        assertThat(alice.next("welcome").toString()).contains("\"" + SITE.user("id") + "\"");
    }

    /** AuthenticateSession writes it at the request after the login, and anew when the password or its hash is. */
    @Test
    void aPasswordHashThatComesAndChangesDisturbsNobodyAndAnotherUserDoes() {
        String login = "{\"login_web_59ba36addc2b2f9401580f014c7f58ea4e30989d\":%d%s}";
        store(login.formatted(7, ""));
        double atFirst = reads();
        TestClient alice = Handshake.to(node, "hall")
                .header("Cookie", SITE.login().cookies())
                .open();
        Await.until("it is watched", () -> reads() > atFirst);

        for (String hash : new String[] {"$2y$12$abcdefghijklmnopqrstuv", "a71a7c7011f53a1b", "b71a7c7011f53a1b"}) {
            double before = reads();
            store(login.formatted(7, ",\"password_hash_web\":\"" + hash + "\""));
            Await.until("the change is read", () -> reads() > before);
        }
        assertThat(alice.isOpen()).isTrue();

        store(login.formatted(8, ",\"password_hash_web\":\"b71a7c7011f53a1b\""));
        assertThat(alice.closing().code()).isEqualTo(4003);
    }
}
