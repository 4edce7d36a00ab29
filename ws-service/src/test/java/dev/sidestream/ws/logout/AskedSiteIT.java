package dev.sidestream.ws.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestClient;
import dev.sidestream.ws.support.TestNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Sessions that only the site knows are revoked by the id in their cookie, wherever among the others it stands. */
@SocketTest
class AskedSiteIT {

    private final DisposableServer site = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> response.sendString(Mono.just("{\"id\":\"alice\"}")))
            .bindNow();
    private final TestNode node = TestNode.withRealLogins(
            RedisForTests.shared(),
            "sidestream.session.resolvers=http",
            "sidestream.session.http.url=http://127.0.0.1:" + site.port() + "/whoami");

    @AfterEach
    void stop() {
        node.close();
        site.disposeNow();
    }

    @Test
    void revokedSessionsAreClosedWhateverOtherCookiesCame() {
        String id = "0123456789abcdef0123456789abcdef";
        try (TestClient between = open("theme=dark; sid=" + id + "; zone=1");
                TestClient quoted = open("sid=\"" + id + "\"; theme=dark");
                TestClient other = open("theme=dark; sid=" + id + "0; zone=1")) {
            node.bean(Revocations.class).revoke(new Revocation.OfSession(id)).block(Duration.ofSeconds(20));

            assertThat(between.closing().code()).isEqualTo(4012);
            assertThat(quoted.closing().code()).isEqualTo(4012);
            other.untilPong();
        }
    }

    private TestClient open(String cookies) {
        return Handshake.to(node, "lobby/").header("Cookie", cookies).full().open();
    }
}
