package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tickets through nginx: made with the session's cookie, used once, in one room, without a cookie. */
@EndToEnd
class TicketIT {

    private static final String JSON = "application/json";

    private RunningSystem system;
    private Visitor alice;
    private String room;

    @BeforeEach
    void signIn(RunningSystem running) {
        system = running;
        alice = Visitor.signIn(running, "alice");
        room = Visitor.newRoom("ticket");
    }

    @Test
    void opensOneSocketInItsRoom() {
        String ticket = ticket();
        try (WebSocketClient client = handshake(room, ticket).connect()) {
            client.send("{\"message\":1}");
            assertThat(client.next().get("user")).isEqualTo("alice");
        }
        assertThat(status(handshake(room, ticket))).isEqualTo(401);
    }

    @Test
    void isUsedUpByAnotherRoom() {
        String ticket = ticket();
        assertThat(status(handshake(Visitor.newRoom("other"), ticket))).isEqualTo(401);
        assertThat(status(handshake(room, ticket))).isEqualTo(401);
    }

    @Test
    void isWorthNothingAfterTheLogout() {
        String ticket = ticket();
        alice.signOut();
        assertThat(status(handshake(room, ticket))).isEqualTo(401);
    }

    @Test
    void isRefusedToOtherSitesFormsAndStrangers() {
        String body = "{\"room\":\"" + room + "\"}";
        assertThat(alice.askTicket("https://evil.example", JSON, body).statusCode())
                .isEqualTo(403);
        assertThat(alice.askTicket(system.origin(), "text/plain", body).statusCode())
                .isEqualTo(415);
        assertThat(alice.askTicket(system.origin(), JSON, "{\"room\":\"a b\"}").statusCode())
                .isEqualTo(400);
        assertThat(alice.askTicket(system.origin(), JSON, "nonsense").statusCode())
                .isEqualTo(400);
        alice.signOut();
        assertThat(alice.askTicket(system.origin(), JSON, body).statusCode()).isEqualTo(401);
    }

    private String ticket() {
        return alice.ticket(room);
    }

    /** Without a cookie and without an origin, as an app does it. */
    private HandshakeRequest handshake(String to, String ticket) {
        return alice.plain(to, "?ticket=" + ticket).without("Cookie").without("Origin");
    }

    private static int status(HandshakeRequest request) {
        try (HandshakeAnswer answer = request.open()) {
            return answer.status();
        }
    }
}
