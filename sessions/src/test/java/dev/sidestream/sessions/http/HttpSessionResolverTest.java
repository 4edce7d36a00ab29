package dev.sidestream.sessions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Authentication.Anonymous;
import dev.sidestream.sessions.Authentication.Authenticated;
import dev.sidestream.sessions.Authentication.Expired;
import dev.sidestream.sessions.Authentication.Unavailable;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.Warnings;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

class HttpSessionResolverTest {

    private static final String ALICE = "{\"id\": 7, \"name\": \"alice\", \"roles\": [\"editor\"]}";

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private volatile String answer = ALICE;
    private volatile int status = 200;

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final DisposableServer site =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();
    private final HttpSessionResolver resolver = resolver("http://127.0.0.1:" + site.port() + "/whoami", "sid");

    @AfterEach
    void stop() {
        resolver.close();
        site.disposeNow(Duration.ofSeconds(10));
    }

    @Test
    void passesOnTheNamedCookieOnlyAndBelievesTheSite() {
        Authenticated login = (Authenticated) ask("theme=dark; sid=abc; other=1");

        assertThat(login.user().id()).isEqualTo("7");
        assertThat(login.user().name()).isEqualTo("alice");
        assertThat(login.user().roles()).containsExactly("editor");
        assertThat(login.session().deadline()).isNull();
        assertThat(seen).containsExactly("/whoami cookie=sid=abc authorization=null");
    }

    @Test
    void passesOnTokens() {
        Authentication answer = resolver.resolve(
                        new Credentials(List.of("sid=abc"), "Token 0123456789abcdef", null, null))
                .block(Duration.ofSeconds(20));

        assertThat(answer).isInstanceOf(Authenticated.class);
        assertThat(seen).containsExactly("/whoami cookie=null authorization=Token 0123456789abcdef");
    }

    @Test
    void asksNobodyWithoutTheNamedCookie() {
        assertThat(ask("theme=dark")).isInstanceOf(Anonymous.class);
        assertThat(seen).isEmpty();
    }

    @Test
    void asksOnceForManyAtOnceAndPastTheCacheWhenReadAgain() {
        List<Authentication> answers = Flux.range(0, 50)
                .flatMap(i -> resolver.resolve(credentials("sid=abc")), 50)
                .collectList()
                .block(Duration.ofSeconds(20));

        assertThat(answers).hasSize(50).allMatch(Authenticated.class::isInstance);
        assertThat(seen).hasSize(1);

        status = 401;
        Authenticated login = (Authenticated) answers.getFirst();
        assertThat(resolver.reread(login.session()).block(Duration.ofSeconds(20)))
                .isInstanceOf(Expired.class);
    }

    @Test
    void takesRefusalsAndRedirectsForNobody() {
        for (int refusal : new int[] {401, 403, 302}) {
            status = refusal;
            assertThat(ask("sid=" + refusal)).isInstanceOf(Anonymous.class);
        }
        status = 200;
        for (String nobody : List.of("{}", "[]", "null", "{\"id\": null}", "{\"id\": \"\"}", "<html>", "{\"id\": 0}")) {
            answer = nobody;
            assertThat(ask("sid=x" + Integer.toHexString(nobody.hashCode())))
                    .as(nobody)
                    .isInstanceOf(Anonymous.class);
        }
    }

    @Test
    void neverTakesAFailureForNobody() {
        for (int failure : new int[] {500, 502, 503, 404, 429}) {
            status = failure;
            assertThat(ask("sid=" + failure)).isInstanceOf(Unavailable.class);
        }
        status = 200;
        answer = "\"" + "x".repeat(200_000) + "\"";
        assertThat(ask("sid=long")).isInstanceOf(Unavailable.class);
        answer = "never";
        HttpSessionResolver impatient = HttpSessionResolver.of(
                new HttpSessionProperties(
                        "http://127.0.0.1:" + site.port() + "/whoami",
                        List.of("sid"),
                        "id",
                        "name",
                        "roles",
                        Duration.ofMillis(200)),
                Duration.ZERO,
                new Advice());
        assertThat(impatient.resolve(credentials("sid=never")).block(Duration.ofSeconds(20)))
                .isInstanceOf(Unavailable.class);
        impatient.close();
        assertThat(warnings.texts()).last().asString().contains("sidestream.session.http.timeout");
        site.disposeNow(Duration.ofSeconds(10));
        assertThat(ask("sid=gone")).isInstanceOf(Unavailable.class);
    }

    @Test
    void passesOnCookiesAsTheBrowserSentThem() {
        ask("theme=\"dark\"; sid=\"a,b\"; sid=c d");

        assertThat(seen).containsExactly("/whoami cookie=sid=\"a,b\"; sid=c d authorization=null");
    }

    @Test
    void saysWhichSettingIsWrong() {
        for (String url : new String[] {
            null, "", "whoami", "ftp://site/", "http://user:canary@site/", "http://site/who|ami?key=canary"
        }) {
            assertThatThrownBy(() -> resolver(url))
                    .hasMessageContaining("sidestream.session.http.url")
                    .hasMessageNotContaining("canary")
                    .hasNoCause();
        }
    }

    @Test
    void namesTheSettingOnceWhenTheSiteCannotBeAsked() {
        for (int failure : new int[] {404, 503}) {
            status = failure;
            ask("sid=a" + failure);
            ask("sid=b" + failure);
            assertThat(warnings.texts()).last().asString().contains(" answers with " + failure);
        }
        status = 200;
        answer = "\"" + "x".repeat(200_000) + "\"";
        ask("sid=long");
        for (String url : List.of("http://127.0.0.1:1/?key=canary", "http://no-such-host.invalid/?key=canary")) {
            HttpSessionResolver wrong = resolver(url);
            assertThat(wrong.resolve(credentials("sid=abc")).block(Duration.ofSeconds(20)))
                    .isInstanceOf(Unavailable.class);
            wrong.close();
        }
        assertThat(warnings.texts())
                .hasSize(5)
                .allMatch(text -> text.contains("sidestream.session.http.url") && text.contains("503"))
                .noneMatch(text -> text.contains("canary"))
                .anyMatch(text -> text.contains("more than 64 KiB"))
                .anyMatch(text -> text.contains("cannot be connected to"))
                .anyMatch(text -> text.contains("name is not known"));
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        seen.add(request.uri() + " cookie=" + request.requestHeaders().get("Cookie") + " authorization="
                + request.requestHeaders().get("Authorization"));
        if (answer.equals("never")) {
            return Mono.never();
        }
        response.status(status).header("Content-Type", "application/json").header("Location", "http://elsewhere/");
        return response.sendString(Mono.just(answer));
    }

    private Authentication ask(String cookies) {
        return resolver.resolve(credentials(cookies)).block(Duration.ofSeconds(20));
    }

    private static Credentials credentials(String cookies) {
        return new Credentials(List.of(cookies), null, null, null);
    }

    private static HttpSessionResolver resolver(String url, String... cookies) {
        return HttpSessionResolver.of(
                new HttpSessionProperties(url, List.of(cookies), "id", "name", "roles", Duration.ofSeconds(20)),
                Duration.ofSeconds(30),
                new Advice());
    }
}
