package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.e2e.client.Closing;
import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.history.Conversation;
import dev.sidestream.e2e.history.Member;
import dev.sidestream.e2e.history.Verdict;
import dev.sidestream.e2e.system.RunningSystem;
import dev.sidestream.e2e.system.Service;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes and nginx end, by force or on purpose, while both sides of a conversation send. */
@EndToEnd
@Tag("fault")
class NodeFaultIT {

    private RunningSystem system;
    private Conversation conversation;

    @BeforeEach
    void converse(RunningSystem running) {
        system = running;
        conversation = Talks.of(running, "node", 4);
    }

    @AfterEach
    void leave() {
        conversation.close();
    }

    @Test
    void nothingAcknowledgedIsLostDoubledOrReorderedWhenANodeIsKilled() {
        conversation.send(60, () -> system.node(0).process().kill());
        Verdict verdict = conversation.finish("kill -9 of a node");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(verdict.published());
        assertThat(verdict.gaps()).isZero();
        assertThat(conversation.members()).anyMatch(member -> member.nodes().size() > 1);
    }

    @Test
    void aNodeThatLeavesTellsItsSocketsLosesNothingAndEndsWell() {
        Service leaving = system.node(0);
        String room = Visitor.newRoom("leaving");
        Visitor alice = Visitor.signIn(system, "alice");
        try (WebSocketClient bystander = alice.fullAt(leaving, room, "").connect();
                WebSocketClient plain = system.handshakeAt(leaving, "/chat/" + room + "/", alice.cookie())
                        .connect()) {
            bystander.next("welcome");
            conversation.send(60, () -> leaving.process().signal("TERM"));
            Frame bye = bystander.next("bye");
            assertThat(bye.number("code")).isEqualTo(1012);
            assertThat(bye.json().get("reconnect").asBoolean()).isTrue();
            assertThat(bystander.closed().code()).isEqualTo(1012);
            Closing told = plain.closed();
            assertThat(told.code()).isEqualTo(1012);
            assertThat(told.reason()).matches(".*retry=\\d+.*");
        }
        assertThat(leaving.process().awaitExit()).isZero();
        Verdict verdict = conversation.finish("SIGTERM of a node");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(verdict.published());
        assertThat(verdict.gaps()).isZero();
        List<Integer> codes = conversation.members().stream()
                .flatMap(member -> member.closings().stream())
                .map(Closing::code)
                .toList();
        assertThat(codes).isNotEmpty().containsOnly(1012);
    }

    @Test
    void aNodeThatWasStoppedForAWhileCatchesUp() {
        conversation.send(40, () -> {
            system.node(0).process().signal("STOP");
            int before = received();
            Await.until("the room goes on", () -> received() > before + 10);
            system.node(0).process().signal("CONT");
        });
        Verdict verdict = conversation.finish("SIGSTOP and SIGCONT of a node");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(verdict.published());
    }

    private int received() {
        return conversation.members().stream().mapToInt(Member::received).sum();
    }

    @Test
    void aReloadOfNginxDisturbsNobody() {
        Set<Long> before = system.nginx().workers();
        conversation.send(30, () -> {
            system.nginx().reload();
            Await.until(
                    "new workers serve",
                    () -> !before.containsAll(system.nginx().workers()));
        });
        assertThat(conversation.members()).allMatch(member -> member.closings().isEmpty());
        Verdict verdict = conversation.finish("nginx reload");
        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
    }
}
