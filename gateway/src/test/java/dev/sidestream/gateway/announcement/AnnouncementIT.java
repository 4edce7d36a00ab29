package dev.sidestream.gateway.announcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.BlockingChannelLayer;
import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.StoredPublication;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.gateway.testing.SiteTest;
import dev.sidestream.gateway.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@EachRedis
@SiteTest
class AnnouncementIT {

    @LocalServerPort
    int port;

    @Autowired
    ChannelLayer layer;

    private final String room = "room-" + UUID.randomUUID();

    private Visitor alice;

    @BeforeEach
    void login() {
        alice = Visitor.of(port);
        alice.login("alice", "wonderland");
    }

    @AfterEach
    void leave() {
        alice.close();
    }

    private List<StoredPublication> said() {
        return BlockingChannelLayer.on(layer).history(room, null, null, 100).publications();
    }

    private static String text(StoredPublication said) {
        return new String(said.publication().json(), StandardCharsets.UTF_8);
    }

    @Test
    void jsonReachesTheRoomUnderThePostersName() {
        HttpResponse<String> answer = alice.postJson(
                "/rooms/lobby", "/rooms/" + room + "/announcements", "{\"message\": \"Lunch is ready\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(said()).singleElement().satisfies(said -> {
            assertThat(text(said)).isEqualTo("\"Lunch is ready\"");
            assertThat(said.publication().user()).isEqualTo("alice");
            assertThat(answer.body()).contains("\"" + said.position().id() + "\"");
        });
    }

    @Test
    void jsonIsPassedOnAsItWasWritten() {
        String json =
                "{ \"price\" : 1.10, \"odds\": 0.12345678901234567890123, \"far\": 1e400, \"half\": \"\\ud800\" }";

        alice.postJson("/rooms/lobby", "/rooms/" + room + "/announcements", "{\"message\": " + json + "}");

        assertThat(said())
                .singleElement()
                .satisfies(said -> assertThat(text(said)).isEqualTo(json));
    }

    @Test
    void formOfThePageReachesTheRoomAndLeadsBackToIt() {
        HttpResponse<String> answer = alice.post(
                "/rooms/" + room + "/announcements",
                "message=%E4%BD%A0%E5%A5%BD",
                "application/x-www-form-urlencoded",
                "X-CSRF-TOKEN",
                alice.csrf("/rooms/lobby"),
                "Accept",
                "text/html,*/*");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Visitor.location(answer)).endsWith("/rooms/" + room);
        assertThat(said())
                .singleElement()
                .satisfies(said -> assertThat(text(said)).isEqualTo("\"你好\""));
    }

    @Test
    void formOfAProgramIsAnsweredWithTheId() {
        HttpResponse<String> answer =
                alice.submit("/rooms/lobby", "/rooms/" + room + "/announcements", "message", "hello");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(said()).hasSize(1);
    }

    @Test
    void anotherSpellingOfTheRoomIsTheSameRoom() {
        alice.postJson("/rooms/lobby", "/rooms/" + room + "cafe%CC%81/announcements", "{\"message\": 1}");

        assertThat(BlockingChannelLayer.on(layer)
                        .history(room + "café", null, null, 1)
                        .publications())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'{\"message\": \"\"}', message",
                "'{\"text\": \"hi\"}', message",
                "'[1]', message",
                "'{\"message\":', body",
                "'{\"message\": 1, \"message\": 2}', body",
                "'', body"
            })
    void whatIsWrongIsNamed(String body, String field) {
        HttpResponse<String> answer = alice.postJson("/rooms/lobby", "/rooms/" + room + "/announcements", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
        assertThat(said()).isEmpty();
    }

    @Test
    void roomThatIsNoneIsNamedAsWrong() {
        HttpResponse<String> answer =
                alice.postJson("/rooms/lobby", "/rooms/a%20b/announcements", "{\"message\": \"hi\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"room\"");
    }

    @Test
    void otherKindsOfBodiesAreRefused() {
        HttpResponse<String> answer = alice.post(
                "/rooms/" + room + "/announcements", "hi", "text/plain", "X-CSRF-TOKEN", alice.csrf("/rooms/lobby"));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void whoIsNotLoggedInSaysNothing() {
        try (Visitor stranger = Visitor.of(port)) {
            HttpResponse<String> answer =
                    stranger.submit("/login", "/rooms/" + room + "/announcements", "message", "spam");

            assertThat(Visitor.location(answer)).endsWith("/login");
            assertThat(said()).isEmpty();
        }
    }
}
