package dev.sidestream.ws.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.Talk;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A node on a Redis that throws keys away when it is full. */
@SocketTest
@ExtendWith(OutputCaptureExtension.class)
class EvictionWarningIT {

    private static final String WARNING = "Set its maxmemory-policy to noeviction";

    /** Two parts of the node look after Redis at its start. */
    @Test
    void warnsOnceAtTheStart(CapturedOutput output) {
        try (RedisForTests evicting = RedisForTests.create("--maxmemory-policy", "allkeys-lru");
                TestNode node = TestNode.start(evicting)) {
            Await.until("it is warned", () -> output.getAll().contains(WARNING));
            // Behind all that was asked of Redis at the start, on each connection: a join, and a message that comes
            // back.
            TestClient ada = Handshake.to(node, Talk.newRoom()).as("ada").full().open();
            ada.next("welcome");
            ada.publish("1");
            ada.next("message");
            assertThat(output.getAll().split(WARNING, -1)).hasSize(2);
        }
    }
}
