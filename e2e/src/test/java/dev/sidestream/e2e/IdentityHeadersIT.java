package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.Nginx;
import dev.sidestream.e2e.system.RunningSystem;
import dev.sidestream.e2e.system.Service;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client says in headers about who or where it is, sent through nginx, is believed by nobody. */
@EndToEnd
class IdentityHeadersIT {

    /** As authenticating proxies name a user to the application behind them. */
    private static final List<String> IDENTITIES = List.of(
            "Remote-User",
            "REMOTE_USER",
            "X-Remote-User",
            "X-User",
            "X-User-Id",
            "X-Username",
            "X-Authenticated-User",
            "X-Webauth-User",
            "X-Auth-User",
            "X-Auth-Request-User",
            "X-Forwarded-User",
            "X_Forwarded_User",
            "X-Forwarded-Email",
            "X-Forwarded-Preferred-Username",
            "X-Forwarded-Groups",
            "X-Forwarded-Roles",
            "X-Forwarded-Client-Cert",
            "X-SSL-Client-DN",
            "X-SSL-Client-S-DN",
            "X-Amzn-Oidc-Identity",
            "Cf-Access-Authenticated-User-Email",
            "From",
            "User",
            "Session",
            "Cookie2");

    /** As proxies name the address of a client. */
    private static final List<String> ADDRESSES = List.of(
            "X-Forwarded-For",
            "X-Real-IP",
            "Client-IP",
            "Forwarded-For",
            "X-Forwarded",
            "X-Forwarded-By",
            "X-Client-IP",
            "True-Client-IP",
            "X-Cluster-Client-IP",
            "X-Original-Forwarded-For",
            "CF-Connecting-IP",
            "Fastly-Client-IP",
            "X-Envoy-External-Address",
            "X-ProxyUser-Ip");

    private Scene scene;

    @BeforeEach
    void signIn(RunningSystem system) {
        scene = Scene.in(system, "identity");
    }

    @Test
    void theGreetingNamesTheUserOfTheSession() {
        HandshakeRequest request = claimed(scene.handshake("/chat/?user=bob&name=bob"));
        try (WebSocketClient client = request.connectText()) {
            assertThat(client.nextText()).isEqualTo("[Welcome alice!]");
        }
    }

    @Test
    void whatSomebodySaysIsSaidByTheUserOfTheSession() {
        try (WebSocketClient client =
                claimed(scene.alice().full(scene.room(), "?user=bob")).connect()) {
            assertThat(client.next("welcome").get("user")).isEqualTo("alice");
            client.send("{\"message\":\"hi\",\"user\":\"bob\"}");
            Frame message = client.next(frame -> frame.is("message") || frame.is("error"));
            assertThat(message.is("message") ? message.get("user") : "alice").isEqualTo("alice");
        }
    }

    @Test
    void withoutASessionNoHeaderLetsAnybodyIn() {
        assertThat(claimed(scene.plain().without("Cookie")).status()).isEqualTo(401);
        for (String name : IDENTITIES) {
            for (String value : List.of("alice", scene.alice().cookie())) {
                assertThat(scene.plain().without("Cookie").header(name, value).status())
                        .as(name)
                        .isEqualTo(401);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic Ym9iOmJ1aWxkZXI=", "Digest username=\"bob\"", "Negotiate Ym9i", "Remote bob", "bob"})
    void anAuthorizationOfAnotherKindChangesNothing(String value) {
        HandshakeRequest request = scene.handshake("/chat/").header("Authorization", value);
        try (WebSocketClient client = request.connectText()) {
            assertThat(client.nextText()).isEqualTo("[Welcome alice!]");
        }
        assertThat(scene.plain()
                        .without("Cookie")
                        .header("Authorization", value)
                        .status())
                .isEqualTo(401);
    }

    /** Whoever sends a token wants to be who it names; a bad one never falls back to the cookie beside it. */
    @Test
    void aForgedTokenIsNobodysAndNeverTheCookies() {
        Instant later = Instant.now().plusSeconds(300);
        String good = Tokens.of("7", "bob");
        String body = good.substring(0, good.lastIndexOf('.'));
        List<String> forged = List.of(
                Tokens.signed("7", "bob", "another secret, of 32 bytes or more", later),
                Tokens.signed(
                        "7", "bob", RunningSystem.TOKEN_SECRET, Instant.now().minusSeconds(300)),
                body + ".",
                body,
                "eyJhbGciOiJub25lIn0." + body.substring(body.indexOf('.') + 1) + ".",
                good + "x",
                "bob");
        for (String token : forged) {
            for (String scheme : List.of("Token", "Bearer", "bearer")) {
                HandshakeRequest request = scene.plain().header("Authorization", scheme + " " + token);
                assertThat(request.status()).as(scheme + " " + token).isEqualTo(401);
            }
        }
        HandshakeRequest believed =
                scene.system().handshake("/chat/", "").without("Cookie").header("Authorization", "Token " + good);
        try (WebSocketClient client = believed.connectText()) {
            assertThat(client.nextText()).isEqualTo("[Welcome bob!]");
        }
    }

    @Test
    void theAddressOfAClientIsTheOneThatItComesFrom(@TempDir Path folder) {
        Map<String, String> two = Map.of("sidestream.limits.connections-per-address", "2");
        try (Service node = scene.system().extraNode("addresses", two)) {
            node.launch();
            node.awaitReady();
            List<WebSocketClient> open = new ArrayList<>();
            try (Nginx nginx = Nginx.start(folder, scene.system().site().port(), List.of(node.port()))) {
                for (int i = 0; i < 2; i++) {
                    open.add(addressed(through(nginx), "198.51.100." + i).connect());
                }
                assertThat(addressed(through(nginx), "198.51.100.77").status())
                        .as("the third from one address, whatever it says")
                        .isEqualTo(429);
                assertThat(through(nginx)
                                .header("X-Forwarded-For", "127.0.0.2, 198.51.100.1")
                                .status())
                        .isEqualTo(429);
                HandshakeRequest neighbour =
                        addressed(through(nginx), "127.0.0.1").from("127.0.0.2");
                assertThat(neighbour.status()).as("another address").isEqualTo(101);
            } finally {
                open.forEach(WebSocketClient::cut);
            }
        }
    }

    private HandshakeRequest through(Nginx nginx) {
        return HandshakeRequest.to(nginx.port(), scene.path())
                .header("Origin", scene.system().origin())
                .header("Cookie", scene.alice().cookie());
    }

    private static HandshakeRequest claimed(HandshakeRequest request) {
        IDENTITIES.forEach(name -> request.header(name, "bob"));
        return addressed(request, "198.51.100.7").header("X-Forwarded-Host", "evil.example");
    }

    private static HandshakeRequest addressed(HandshakeRequest request, String address) {
        ADDRESSES.forEach(name -> request.header(name, address));
        return request.header("X-Forwarded-For", "198.51.100.9, " + address)
                .header("Forwarded", "for=" + address + ";proto=https;by=203.0.113.1");
    }
}
