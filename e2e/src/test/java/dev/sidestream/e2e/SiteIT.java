package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import org.junit.jupiter.api.Test;

/** What the site does, seen from the sockets. */
@EndToEnd
class SiteIT {

    @Test
    void anAnnouncementReachesEveryMemberOnEveryNodeUnderThePostersName(RunningSystem system) {
        Visitor alice = Visitor.signIn(system, "alice");
        Visitor bob = Visitor.signIn(system, "bob");
        Visitor carol = Visitor.signIn(system, "carol");
        String room = Visitor.newRoom("site");
        try (WebSocketClient b = bob.fullAt(system.node(0), room, "").connect();
                WebSocketClient c = carol.fullAt(system.node(1), room, "").connect();
                WebSocketClient plain = carol.plain(room, "").connect()) {
            b.next("welcome");
            c.next("welcome");
            alice.announce(room, "Lunch is \"served\" 🍲");
            Frame first = b.next("message");
            assertThat(first.get("message")).isEqualTo("Lunch is \"served\" 🍲");
            assertThat(first.get("user")).isEqualTo("alice");
            assertThat(c.next("message").get("id")).isEqualTo(first.get("id"));
            c.send("{\"message\":\"coming\"}");
            assertThat(b.next("message").get("message")).isEqualTo("coming");
            assertThat(plain.next(frame -> "coming".equals(frame.get("message")))
                            .get("user"))
                    .isEqualTo("carol");
        }
    }

    @Test
    void anAnnouncementIsInTheHistoryOfTheRoom(RunningSystem system) {
        Visitor alice = Visitor.signIn(system, "alice");
        String encoded = "%E8%81%8A%E5%A4%A9" + Visitor.newRoom("-");
        String room = "聊天" + encoded.substring("%E8%81%8A%E5%A4%A9".length());
        alice.announce(room, "first");
        try (WebSocketClient member = alice.full(encoded, "?history=10").connect()) {
            Frame welcome = member.next("welcome");
            assertThat(welcome.get("room")).isEqualTo(room);
            assertThat(welcome.number("replayed")).isEqualTo(1);
            assertThat(member.next("message").get("message")).isEqualTo("first");
        }
    }

    @Test
    void aNewLoginGetsInAndTheOldCookieDoesNotAfterSigningOut(RunningSystem system) {
        Visitor alice = Visitor.signIn(system, "alice");
        String room = Visitor.newRoom("again");
        String before = alice.signOut();
        alice.signIn();
        assertThat(alice.cookie()).isNotEqualTo(before);
        try (WebSocketClient member = alice.full(room, "").connect();
                HandshakeAnswer old =
                        system.handshake("/chat/" + room + "/", before).open()) {
            assertThat(member.next("welcome").get("user")).isEqualTo("alice");
            assertThat(old.status()).isEqualTo(401);
        }
    }
}
