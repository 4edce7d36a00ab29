package dev.sidestream.ws.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A page of another site takes a ticket as browsers let it: the Fetch standard's CORS protocol, for allowed origins alone. */
@SocketTest
class TicketsAcrossOriginsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.start(RedisForTests.shared());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void letsBrowsersAskForPagesOfAllowedOrigins() throws Exception {
        HttpResponse<String> answer = preflight(TestNode.ORIGIN, "POST", "content-type,authorization");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).containsExactly(TestNode.ORIGIN);
        assertThat(header(answer, "Access-Control-Allow-Credentials")).containsExactly("true");
        assertThat(header(answer, "Access-Control-Allow-Methods")).containsExactly("POST");
        assertThat(header(answer, "Access-Control-Allow-Headers"))
                .singleElement()
                .asString()
                .isEqualToIgnoringCase("content-type, authorization");
        assertThat(header(answer, "Vary")).contains("Origin");
    }

    @Test
    void tellsBrowsersNothingForAnyOtherOriginMethodOrHeader() throws Exception {
        for (HttpResponse<String> answer : List.of(
                preflight("https://evil.test", "POST", "content-type"),
                preflight(TestNode.ORIGIN + ".evil.test", "POST", "content-type"),
                preflight("null", "POST", "content-type"),
                preflight(TestNode.ORIGIN, "POST", "x-other"))) {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
            assertThat(header(answer, "Vary")).contains("Origin");
        }
        assertThat(header(preflight(TestNode.ORIGIN, "DELETE", ""), "Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void givesATicketThatTheScriptOfAnAllowedPageCanRead() throws Exception {
        HttpResponse<String> answer = post(TestNode.ORIGIN, "user=alice");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"ticket\":");
        assertThat(header(answer, "Access-Control-Allow-Origin")).containsExactly(TestNode.ORIGIN);
        assertThat(header(answer, "Access-Control-Allow-Credentials")).containsExactly("true");
        assertThat(header(answer, "Vary")).contains("Origin");
    }

    @Test
    void letsTheScriptReadWhyItGotNone() throws Exception {
        HttpResponse<String> answer = post(TestNode.ORIGIN, "theme=dark");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("no_session");
        assertThat(header(answer, "Access-Control-Allow-Origin")).containsExactly(TestNode.ORIGIN);
    }

    @Test
    void refusesAnyOtherOriginAsBefore() throws Exception {
        HttpResponse<String> answer = post("https://evil.test", "user=alice");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"origin\"");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
    }

    private static HttpResponse<String> preflight(String origin, String method, String headers) throws Exception {
        return send(request(origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers)
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static HttpResponse<String> post(String origin, String cookies) throws Exception {
        return send(request(origin)
                .header("Cookie", cookies)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"room\":\"lobby\"}")));
    }

    private static HttpRequest.Builder request(String origin) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/chat/ticket"))
                .timeout(Duration.ofSeconds(20))
                .header("Origin", origin);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> header(HttpResponse<String> answer, String name) {
        return answer.headers().allValues(name);
    }
}
