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
            double closes = node.metric("sidestream_closes_total");
            List<WebSocketClient> senders = senders(alice, system.node(1), room);
            // What the kernel holds for both ends, and the node's own bound, several times over.
            int messages = (int) ((queue + 8 * 1024 * 1024) / FRAME);
            String payload = "x".repeat(FRAME);
            int sent = 0;
            while (sent < messages && node.metric("sidestream_closes_total") == closes) {
                WebSocketClient sender = senders.get(sent % senders.size());
                sender.send("{\"message\":\"" + payload + "\",\"cid\":\"c" + sent + "\"}");
                Frame answer = sender.next(frame -> frame.is("ack") || frame.is("error"));
                if (answer.is("ack")) {
                    sent++;
                } else {
                    sender.poll(Duration.ofMillis(50));
                }
            }
            for (int n = 0; n < sent; n++) {
                assertThat(neighbour.next("message").message().asString()).hasSize(FRAME);
            }
            Await.until("the slow one is closed", () -> node.metric("sidestream_closes_total") > closes);
            slow.readOn();
            assertThat(slow.closed(Duration.ofSeconds(30)).code()).isIn(4108, 1006);
            assertThat(neighbour.isOpen()).isTrue();
            assertThat(node.log()).contains("4108");
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
