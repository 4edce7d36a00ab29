package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.e2e.browser.ChatPage;
import dev.sidestream.e2e.system.RunningSystem;
import dev.sidestream.e2e.system.Service;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two people in two real browsers, through nginx, on different nodes. */
@EndToEnd
@Tag("browser")
class BrowserIT {

    @BeforeAll
    static void needsABrowser() {
        Assumptions.assumeTrue(ChatPage.isPossible(), "SKIPPED: no chromium and chromedriver on the PATH");
    }

    @Test
    void talkToEachOtherOverTwoNodesAndLoseNothingWhenOneIsKilled(RunningSystem system) {
        String room = Visitor.newRoom("browser");
        try (ChatPage alice = ChatPage.open(system.origin());
                ChatPage bob = ChatPage.open(system.origin())) {
            alice.signIn("alice", "wonderland");
            bob.signIn("bob", "builder");
            Await.until("nobody is in a room", () -> connections(system, 0) + connections(system, 1) == 0);
            alice.enter(room);
            Service alices = nodeWithAnotherSocketThan(system, 0, 0);
            Service bobs = enterOnAnotherNode(system, alices, bob, room);
            assertThat(bobs).isNotSameAs(alices);

            alice.say("Hello Bob");
            bob.awaitMessage("Hello Bob");
            bob.say("Hello <b>Alice</b> & 聊天");
            alice.awaitMessage("Hello <b>Alice</b> & 聊天");
            assertThat(alice.messages()).containsSubsequence("Hello Bob", "Hello <b>Alice</b> & 聊天");
            assertThat(bob.messages()).isEqualTo(alice.messages());

            alices.process().kill();
            alice.say("Are you there?");
            bob.awaitMessage("Are you there?");
            bob.say("Sure");
            alice.awaitMessage("Sure");
            assertThat(alice.messages()).doesNotHaveDuplicates();
            assertThat(bob.messages()).isEqualTo(alice.messages());
            assertThat(alice.complaints()).as("what the browser's console says").isEmpty();
        }
    }

    private static Service enterOnAnotherNode(RunningSystem system, Service taken, ChatPage page, String room) {
        for (int attempt = 0; attempt < 10; attempt++) {
            double first = connections(system, 0);
            double second = connections(system, 1);
            page.enter(room);
            Service mine = nodeWithAnotherSocketThan(system, first, second);
            if (mine != taken) {
                return mine;
            }
            page.leave();
            Await.until("the socket is gone", () -> connections(system, 0) + connections(system, 1) == first + second);
        }
        throw new AssertionError("nginx passes everything to " + taken.name());
    }

    private static Service nodeWithAnotherSocketThan(RunningSystem system, double first, double second) {
        Await.until("one more socket", () -> connections(system, 0) > first || connections(system, 1) > second);
        return connections(system, 0) > first ? system.node(0) : system.node(1);
    }

    private static double connections(RunningSystem system, int node) {
        return system.node(node).metric("sidestream_connections");
    }
}
