package dev.sidestream.ws.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.sidestream.channel.testing.Await;
import dev.sidestream.sessions.recorded.Recording;
import dev.sidestream.sessions.spring.SpringSite;
import dev.sidestream.sessions.spring.SpringSite.Kind;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Every secret that a visitor or a site can hand to a node, through its whole life, and a log at its loudest. */
@SocketTest
class SecretsInLogsIT {

    private static final String CANARY = "k4n4r1vogel";
    private static final List<String> SITES_OWN =
            List.of("org.springframework.data.", "org.springframework.session.", "jdk.");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final List<String> secrets = new ArrayList<>(List.of(CANARY));
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> capture = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            for (String own : SITES_OWN) {
                if (event.getLoggerName().startsWith(own)) {
                    return; // of the site, which runs in this JVM as well
                }
            }
            log.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + " "
                    + event.getKeyValuePairs() + " " + event.getMDCPropertyMap()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };

    private final List<Appender<ILoggingEvent>> console = new ArrayList<>();
    private DisposableServer whoIs;
    private Sites sites;
    private Level level;

    @BeforeEach
    void listen() {
        whoIs = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get(
                        "/me",
                        (request, response) -> request.cookies().keySet().stream()
                                        .anyMatch("own"::contentEquals)
                                ? response.sendString(Mono.just("{\"id\":\"asked\",\"more\":\"" + CANARY + "\"}"))
                                : response.status(401).send()))
                .bindNow();
        sites = new Sites(
                "sidestream.session.resolvers=spring,express,django,php,laravel,flask,jwt,http",
                "management.server.port=0",
                "sidestream.session.read-timeout=1s",
                "sidestream.session.http.url=http://127.0.0.1:" + whoIs.port() + "/me?key=" + CANARY,
                "sidestream.session.http.cookies=own");
        level = root.getLevel();
        root.iteratorForAppenders().forEachRemaining(console::add);
        console.forEach(root::detachAppender);
        root.setLevel(Level.TRACE);
        capture.setContext(root.getLoggerContext());
        capture.start();
        root.addAppender(capture);
    }

    @AfterEach
    void stop() {
        root.detachAppender(capture);
        console.forEach(root::addAppender);
        root.setLevel(level);
        sites.close();
        whoIs.disposeNow();
    }

    @Test
    void noLineAtAnyLevelHoldsOne() throws Exception {
        List<Handshake> accepted = new ArrayList<>();
        for (String site : List.of("express", "django", "django-redis-json", "php", "laravel", "flask-msgpack")) {
            Recording recording = Recording.of(site);
            accepted.add(sites.page(remember(sites.at(recording, recording.login()))));
            recording.login().keys().keySet().forEach(key -> secrets.add(key.substring(key.length() - 20)));
        }
        SpringSite spring = sites.spring(Kind.SERVLET);
        String login = remember(Sites.springLogin(spring));
        String id =
                new String(Base64.getDecoder().decode(login.substring("SESSION=".length())), StandardCharsets.UTF_8);
        secrets.add(id);
        accepted.add(sites.page(login).header("X-Anything", CANARY));
        accepted.add(sites.page("own=" + CANARY));
        String token = remember(TokenCases.token());
        accepted.add(Handshake.to(sites.node, "/chat/lobby/").header("Authorization", "Token " + token));
        String ticket = remember(new TicketCases(sites).ticket(login));
        accepted.add(Handshake.to(sites.node, "/chat/lobby/?x=" + CANARY + "&ticket=" + ticket));
        for (Handshake handshake : accepted) {
            try (TestClient client = handshake.open()) {
                client.publish("\"" + CANARY + "\"");
                client.next();
                client.send("{" + CANARY);
                client.next();
            }
        }
        refused(login).forEach(handshake -> assertThat(handshake.status()).isGreaterThanOrEqualTo(400));
        revoke("{\"session\":\"" + id + "\"}", "application/json", 202);
        revoke("{\"user\":\"" + CANARY + "\"}", "application/json", 202);
        revoke("{\"broken " + CANARY, "application/json", 400);
        revoke(CANARY, "text/plain", 415);
        unreadable();

        TestClient watched = sites.page(login).full().open();
        watched.next("welcome");
        spring.change(id, session -> session.setAttribute("page", CANARY));
        spring.delete(id);
        assertThat(watched.closing().code()).isEqualTo(4011);

        sites.redis.kill();
        Await.until(
                "the node misses Redis", () -> sites.page("SESSION=" + CANARY).status() == 503);
        assertThat(sites.page(login).status()).isEqualTo(503);
        assertThat(Handshake.to(sites.node, "/chat/lobby/?ticket=" + ticket).status())
                .isEqualTo(503);

        assertThat(log)
                .as("it is loud")
                .anyMatch(line -> line.startsWith("TRACE"))
                .hasSizeGreaterThan(200);
        assertThat(log.stream()
                        .filter(line -> secrets.stream().anyMatch(line::contains))
                        .limit(5))
                .isEmpty();
    }

    /** The whole value, and each part of it that would do. */
    private String remember(String secret) {
        String value = secret.substring(secret.indexOf('=') + 1);
        secrets.add(value.length() > 60 ? value.substring(value.length() - 40) : value);
        return secret;
    }

    private List<Handshake> refused(String login) {
        return List.of(
                sites.page("SESSION=" + CANARY),
                sites.page("SESSION=" + Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8))),
                sites.page("connect.sid=s%3A" + CANARY + ".signature"),
                sites.page("laravel_session=" + CANARY),
                sites.page("sessionid=" + CANARY + "; PHPSESSID=" + CANARY + "; session=" + CANARY),
                sites.page(login).header("Origin", "https://" + CANARY),
                sites.page(login).header("Sec-WebSocket-Key", CANARY),
                sites.page(login).header("Sec-WebSocket-Protocol", CANARY),
                sites.page("/chat/lobby/?since=" + CANARY, login),
                sites.page("/nowhere?x=" + CANARY, login),
                sites.page(login + "; large=" + CANARY.repeat(3_000)),
                Handshake.to(sites.node, "/chat/lobby/?ticket=" + CANARY),
                Handshake.to(sites.node, "/chat/lobby/").header("Authorization", "Basic " + CANARY),
                Handshake.to(sites.node, "/chat/lobby/").header("Authorization", "Bearer e30." + CANARY + ".x"));
    }

    /** Sessions of each framework that hold something that nobody can read. */
    private void unreadable() {
        String id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        Map<String, String> broken = Map.of(
                ":1:django.contrib.sessions.cache" + id, "cos\nsystem\n(S'" + CANARY + "'\ntR.",
                "PHPREDIS_SESSION:" + id, "user|a:1:{" + CANARY,
                "session:" + id, "{\"broken " + CANARY);
        broken.forEach((key, value) -> sites.set(key, value.getBytes(StandardCharsets.UTF_8)));
        for (String name : List.of("sessionid", "PHPSESSID", "session")) {
            assertThat(sites.page(name + "=" + id).status()).isEqualTo(401);
        }
    }

    private void revoke(String body, String type, int status) throws IOException, InterruptedException {
        String port = sites.node.bean(Environment.class).getProperty("local.management.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/revoke"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(status);
    }
}
