package dev.sidestream.ws.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** When a node takes new sockets, on a Redis that is there but does not serve. */
@SocketTest
@ExtendWith(OutputCaptureExtension.class)
class ReadinessIT {

    private static int readiness(TestNode node) {
        return status(node, "readiness");
    }

    private static int status(TestNode node, String group) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + node.port() + "/actuator/health/" + group);
            HttpURLConnection request = (HttpURLConnection) uri.toURL().openConnection();
            request.setConnectTimeout(10_000);
            request.setReadTimeout(20_000);
            return request.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void waitsForTheFirstConnectionToTheSessionsAndForNoLater(CapturedOutput output) {
        try (RedisForTests redis = RedisForTests.create();
                RedisForTests sessions = RedisForTests.create()) {
            String at = sessions.host() + ":" + sessions.port();
            try (TestNode node =
                    TestNode.start(redis, "sidestream.session.redis.url=redis://reader:secret@" + at + "/0")) {
                Await.until("the log is read", () -> node.meter("sidestream.log.reading") == 1);
                Await.until("it says why", () -> output.getAll().contains("WRONGPASS"));
                assertThat(readiness(node)).isEqualTo(503);
                assertThat(status(node, "liveness")).isEqualTo(200);
                assertThat(output.getAll().lines().filter(line -> line.contains("Redis cannot be reached")))
                        .singleElement()
                        .asString()
                        .contains(at, "WRONGPASS")
                        .doesNotContain("secret");

                sessions.command("ACL", "SETUSER", "reader", "on", ">secret", "~*", "+@read", "+ping");
                Await.until("ready", () -> readiness(node) == 200);
                sessions.kill();
                Await.until("the loss is noticed", () -> output.getAll().contains("Redis is out of reach"));
                assertThat(readiness(node)).isEqualTo(200);
            }
        }
    }

    @Test
    void endsOnAReplicaWhoseMasterLives() {
        try (RedisForTests master = RedisForTests.process();
                RedisForTests replica =
                        RedisForTests.process("--replicaof", master.host(), Integer.toString(master.port()));
                TestNode node = TestNode.start(replica)) {
            Await.until("not ready", () -> readiness(node) == 503);
            assertThat(node.meter("sidestream.log.reading")).isEqualTo(1);
            assertThat(status(node, "liveness")).isEqualTo(200);
            replica.command("REPLICAOF", "NO", "ONE");
            Await.until("ready", () -> readiness(node) == 200);
        }
    }

    @Test
    void doesNotDependOnRoomInRedis() {
        try (RedisForTests redis = RedisForTests.create("--maxmemory", "4mb")) {
            Await.until("full", () -> isFull(redis));
            try (TestNode node = TestNode.start(redis)) {
                Await.until("ready", () -> readiness(node) == 200);
                assertThat(isFull(redis)).isTrue();
                assertThat(readiness(node)).isEqualTo(200);
            }
        }
    }

    private static boolean isFull(RedisForTests redis) {
        try {
            redis.command("APPEND", "filler", "x".repeat(65_536));
            return false;
        } catch (IllegalStateException refused) {
            return refused.getMessage().contains("OOM");
        }
    }
}
