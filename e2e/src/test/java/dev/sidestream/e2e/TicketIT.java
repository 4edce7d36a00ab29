package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tickets through nginx: made with the session's cookie, used once, in one room, without a cookie. */
@EndToEnd
class TicketIT {

    private static final String JSON = "application/json";

    private Scene scene;

    @BeforeEach
    void signIn(RunningSystem system) {
        scene = Scene.in(system, "ticket");
    }

    @Test
    void opensOneSocketInItsRoom() {
        String ticket = ticket();
        try (WebSocketClient client = handshake(scene.room(), ticket).connect()) {
            client.send("{\"message\":1}");
            assertThat(client.next().get("user")).isEqualTo("alice");
        }
        assertThat(handshake(scene.room(), ticket).status()).isEqualTo(401);
    }

    @Test
    void isUsedUpByAnotherRoom() {
        String ticket = ticket();
        assertThat(handshake(Visitor.newRoom("other"), ticket).status()).isEqualTo(401);
        assertThat(handshake(scene.room(), ticket).status()).isEqualTo(401);
    }

    @Test
    void isWorthNothingAfterTheLogout() {
        String ticket = ticket();
        scene.alice().signOut();
        assertThat(handshake(scene.room(), ticket).status()).isEqualTo(401);
    }

    @Test
    void isRefusedToOtherSitesFormsAndStrangers() {
        String body = "{\"room\":\"" + scene.room() + "\"}";
        assertThat(scene.alice().askTicket("https://evil.example", JSON, body).statusCode())
                .isEqualTo(403);
        assertThat(scene.alice()
                        .askTicket(scene.system().origin(), "text/plain", body)
                        .statusCode())
                .isEqualTo(415);
        assertThat(scene.alice()
                        .askTicket(scene.system().origin(), JSON, "{\"room\":\"a b\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(scene.alice()
                        .askTicket(scene.system().origin(), JSON, "nonsense")
                        .statusCode())
                .isEqualTo(400);
        scene.alice().signOut();
        assertThat(scene.alice().askTicket(scene.system().origin(), JSON, body).statusCode())
                .isEqualTo(401);
    }

    private String ticket() {
        return scene.alice().ticket(scene.room());
    }

    /** Without a cookie and without an origin, as an app does it. */
    private HandshakeRequest handshake(String to, String ticket) {
        return scene.alice().plain(to, "?ticket=" + ticket).without("Cookie").without("Origin");
    }
}
