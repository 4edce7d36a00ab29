package dev.sidestream.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.e2e.client.Closing;
import dev.sidestream.e2e.client.Frame;
import dev.sidestream.e2e.client.HandshakeAnswer;
import dev.sidestream.e2e.client.HandshakeRequest;
import dev.sidestream.e2e.client.WebSocketClient;
import dev.sidestream.e2e.system.RunningSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what the others are told. All through nginx. */
@EndToEnd
class AdmissionIT {

    private Scene scene;

    @BeforeEach
    void signIn(RunningSystem system) {
        scene = Scene.in(system, "door");
    }

    @Test
    void theAllowedOriginGetsIn() {
        assertThat(scene.plain().status()).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://evil.example",
                "{origin}.evil.example",
                "http://evil.example/{origin}",
                "http://evil{host}",
                "https://{host}",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "http://localhost:{port}",
                "http://127.0.0.1:{port}0",
                "{origin}/",
                "{origin} {origin}",
                "{origin}, {origin}",
                "//{host}",
                "http://user@{host}",
                "",
                "file://"
            })
    void otherOriginsAndLookAlikesAreRefused(String origin) {
        String value = origin.replace("{origin}", scene.system().origin())
                .replace("{host}", scene.system().origin().substring("http://".length()))
                .replace("{port}", Integer.toString(scene.system().nginx().port()));
        HandshakeRequest request = scene.plain().with("Origin", value);
        assertThat(request.status()).isEqualTo(403);
        assertThat(request.header("Sec-WebSocket-Protocol", Visitor.FULL).status())
                .as("whoever comes from elsewhere is told nothing more in full mode")
                .isEqualTo(403);
    }

    @Test
    void aMissingOriginIsRefusedWithACookie() {
        assertThat(scene.plain().without("Origin").status()).isEqualTo(403);
    }

    @Test
    void twoOriginsAreRefused() {
        HandshakeRequest request = scene.plain().header("Origin", "http://evil.example");
        assertThat(request.status()).isIn(400, 403);
        HandshakeRequest direct = scene.direct(scene.path()).header("Origin", "http://evil.example");
        assertThat(direct.status()).isIn(400, 403);
        HandshakeRequest reversed = scene.direct(scene.path())
                .with("Origin", "http://evil.example")
                .header("Origin", scene.system().origin());
        assertThat(reversed.status()).isIn(400, 403);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 4009",
        "SESSION=, 4009",
        "SESSION=Zm9yZ2Vk, 4009",
        "SESSION=MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw, 4009",
        "'SESSION=../../etc/passwd', 4009",
        "'SESSION=*', 4009",
        "JSESSIONID=abc, 4009"
    })
    void withoutASessionThereIs401OrInFullModeAClose(String cookie, int code) {
        HandshakeRequest plain = scene.plain().without("Cookie");
        HandshakeRequest full = scene.full().without("Cookie");
        if (!cookie.isEmpty()) {
            plain.header("Cookie", cookie);
            full.header("Cookie", cookie);
        }
        assertThat(plain.status()).isEqualTo(401);
        assertClosedAfterBye(full, code);
    }

    @Test
    void aSessionThatWasSignedOutIsNone() {
        String cookie = scene.alice().signOut();
        assertThat(scene.system().handshake(scene.path(), cookie).status()).isEqualTo(401);
        assertClosedAfterBye(
                scene.system().handshake(scene.path(), cookie).header("Sec-WebSocket-Protocol", Visitor.FULL), 4009);
    }

    @Test
    void aSessionOfNobodyIsNone() {
        assertThat(scene.system()
                        .handshake(scene.path(), Visitor.anonymousCookie(scene.system()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aHugeCookieDoesNoHarm() {
        assertThat(scene.plain().with("Cookie", "SESSION=" + "x".repeat(6_000)).status())
                .isIn(400, 401, 431);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "lobby lobby",
                "%E8%81%8A%E5%A4%A9%E5%AE%A4 聊天室",
                "a_-=@,.;1 a_-=@,.;1",
                "cafe%CC%81 café",
                "..a ..a"
            })
    void roomNamesOfAnyScriptAreNormalised(String encoded, String name) {
        try (WebSocketClient client = scene.alice().full(encoded, "").connect()) {
            assertThat(client.next("welcome").get("room")).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%00",
                "a%0Ab",
                "a%0D%0AX-Evil:1",
                "%7Bp1%7D",
                "a:b",
                "a%2Fb",
                "a%5Cb",
                "*",
                "a%20b",
                "%E2%80%AEabc",
                "%E2%80%8B",
                "%FF",
                "%C0%AF",
                "%",
                "%zz",
                "%F0%9F%98%80",
                "a%25b",
                "%3Cscript%3E",
                "a'b",
                "a%22b",
                "%u0041",
                "a%CC%81%CC%81%CC%81%E2%80%8D"
            })
    void roomNamesFromHellAreRefused(String encoded) {
        assertThat(scene.direct("/chat/" + encoded + "/").status()).isIn(400, 404);
        assertThat(scene.alice().plain(encoded, "").status()).isIn(400, 404);
    }

    @Test
    void aRoomNameMayBeLongButNotTooLong() {
        assertThat(scene.alice().plain("a".repeat(100), "").status()).isEqualTo(101);
        assertThat(scene.alice().plain("a".repeat(101), "").status()).isIn(400, 404);
        assertThat(scene.alice().plain("a".repeat(7_000), "").status()).isIn(400, 404, 414);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sidestream.v1.json",
                "x, sidestream.v1.json",
                "sidestream.v1.json, x",
                "x,sidestream.v1.json",
                "x ,  y,\tsidestream.v1.json"
            })
    void theProtocolIsFoundAnywhereInTheOffer(String offer) {
        HandshakeRequest request = scene.plain().header("Sec-WebSocket-Protocol", offer);
        try (HandshakeAnswer answer = request.open()) {
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Protocol")).isEqualTo(Visitor.FULL);
        }
    }

    @Test
    void theProtocolIsFoundInASecondHeaderLine() {
        HandshakeRequest request =
                scene.plain().header("Sec-WebSocket-Protocol", "x").header("Sec-WebSocket-Protocol", Visitor.FULL);
        try (HandshakeAnswer answer = request.open()) {
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Protocol")).isEqualTo(Visitor.FULL);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "sidestream.v2.json", "sidestream.v1.jsonx", "SIDESTREAM.V1.JSON", "x, y"})
    void anOfferOfOnlyUnknownProtocolsIsRefused(String offer) {
        assertThat(scene.plain().header("Sec-WebSocket-Protocol", offer).status())
                .isEqualTo(400);
    }

    @Test
    void noExtensionIsNegotiated() {
        HandshakeRequest request =
                scene.plain().header("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
        try (HandshakeAnswer answer = request.open()) {
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Extensions")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "8", "12", "14", "x"})
    void onlyVersion13IsSpoken(String version) {
        HandshakeRequest request = scene.direct(scene.path()).with("Sec-WebSocket-Version", version);
        assertThat(request.status()).isIn(400, 426);
    }

    @Test
    void aPostIsNoHandshake() {
        assertThat(scene.plain().method("POST").header("Content-Length", "0").status())
                .isIn(400, 404, 405);
    }

    @Test
    void anAddressWithoutARouteIsNotFound() {
        assertThat(scene.direct("/nothing/here/").status()).isEqualTo(404);
        assertThat(scene.handshake("/chat/a/b/c/").status()).isEqualTo(404);
    }

    @Test
    void nginxExposesNoManagement() {
        for (String path :
                new String[] {"/actuator", "/actuator/health", "/actuator/prometheus", "/chat/../actuator"}) {
            HandshakeRequest request = HandshakeRequest.to(
                            scene.system().nginx().port(), path)
                    .without("Upgrade")
                    .with("Connection", "close");
            assertThat(request.status()).as(path).isIn(302, 400, 401, 403, 404);
        }
    }

    private static void assertClosedAfterBye(HandshakeRequest request, int code) {
        try (WebSocketClient client = request.connect()) {
            Frame bye = client.next();
            assertThat(bye.type()).isEqualTo("bye");
            assertThat(bye.number("code")).isEqualTo(code);
            assertThat(bye.json().get("reconnect").asBoolean()).isFalse();
            Closing closing = client.closed();
            assertThat(closing.code()).isEqualTo(code);
        }
    }
}
