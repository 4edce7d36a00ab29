package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import dev.sidestream.e2e.system.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that does not read what it is sent. */
@EndToEnd
@Tag("fault")
class SlowReaderIT {

    private static final int FRAME = 32_000;
    private static final String TOO_SLOW = "code=\"4108\"";

    @Test
    void isClosedAndItsNeighboursNoticeNothing(RunningSystem system) {
        Service node = system.node(0);
        String room = Visitor.newRoom("slow");
        Visitor alice = Visitor.signIn(system, "alice");
        Visitor bob = Visitor.signIn(system, "bob");
        try (WebSocketClient slow =
                        bob.fullAt(node, room, "").receiveBuffer(4_096).connect();
                WebSocketClient neighbour = bob.fullAt(node, room, "").connect()) {
            slow.next("welcome");
            long queue = neighbour.next("welcome").json().at("/limits/queue").asLong();
            slow.stopReading();
            double closes = node.metric("sidestream_closes_total", TOO_SLOW);
            List<WebSocketClient> senders = senders(alice, system.node(1), room);
            // The node's own bound, and what the kernel holds for both ends at the most.
            int messages = (int) ((queue + 8 * 1024 * 1024) / FRAME);
            String payload = "x".repeat(FRAME);
            for (int sent = 0; sent < messages; ) {
                WebSocketClient sender = senders.get(sent % senders.size());
                sender.send("{\"message\":\"" + payload + "\",\"cid\":\"c" + sent + "\"}");
                Frame answer = sender.next(frame -> frame.is("ack") || frame.is("error"));
                if (answer.is("ack")) {
                    sent++;
                    assertThat(neighbour.next("message").message().asString()).hasSize(FRAME);
                } else {
                    sender.poll(Duration.ofMillis(50));
                }
            }
            slow.readOn();
            assertThat(slow.closed(Duration.ofSeconds(30)).code()).isEqualTo(4108);
            Frame bye = slow.next("bye");
            assertThat(bye.number("code")).isEqualTo(4108);
            assertThat(bye.json().get("reconnect").asBoolean()).isTrue();
            assertThat(neighbour.isOpen()).isTrue();
            Await.until("the close is counted", () -> node.metric("sidestream_closes_total", TOO_SLOW) == closes + 1);
            senders.forEach(WebSocketClient::close);
        }
    }

    private static List<WebSocketClient> senders(Visitor visitor, Service node, String room) {
        List<WebSocketClient> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            WebSocketClient sender = visitor.fullAt(node, room, "").connect();
            sender.next("welcome");
            senders.add(sender);
        }
        return senders;
    }
}
