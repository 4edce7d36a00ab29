package dev.sidestream.ws.security;

import static dev.sidestream.ws.security.SecurityCase.nobody;
import static dev.sidestream.ws.security.SecurityCase.origin;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.sessions.spring.SpringLogins;
import dev.sidestream.sessions.spring.SpringSite;
import dev.sidestream.sessions.spring.SpringSite.Kind;
import dev.sidestream.ws.support.Handshake;
import dev.sidestream.ws.support.TestNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Tickets that were used, came late, or are for something else. */
final class TicketCases {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Sites sites;

    TicketCases(Sites sites) {
        this.sites = sites;
    }

    static List<SecurityCase> of(Sites sites) {
        return new TicketCases(sites).all();
    }

    private List<SecurityCase> all() {
        return List.of(
                nobody("ticket used before", () -> with(ticket()), () -> {
                    String ticket = ticket();
                    if (with(ticket).status() != 101) {
                        throw new IllegalStateException("The first use was refused");
                    }
                    return with(ticket);
                }),
                nobody("ticket that came late", () -> with(ticket()), () -> {
                    tickets().forEach(key -> sites.redis.command("DEL", key));
                    String ticket = ticket();
                    String key = tickets().getFirst();
                    if ((Long) sites.redis.command("PTTL", key) > 30_000) {
                        throw new IllegalStateException("It would hold for more than 30 s");
                    }
                    sites.redis.command("PEXPIRE", key, "20"); // as if its 30 s were nearly over
                    long end = System.currentTimeMillis() + 25;
                    Await.until("its time is up", () -> System.currentTimeMillis() > end);
                    return with(ticket);
                }),
                nobody("ticket of another room", () -> with(ticket()), () -> at("/chat/attic/", ticket())),
                nobody(
                        "ticket where there is no room",
                        () -> at("/ws/chat/lobby/", ticket()),
                        () -> at("/chat/", ticket())),
                nobody("ticket cut off", () -> with(ticket()), () -> with(ticket().substring(1))),
                nobody(
                        "forged ticket beside the cookie of a login",
                        () -> with(ticket()),
                        () -> with("A".repeat(43)).header("Cookie", sites.springLogin())),
                nobody(
                        "ticket as a token",
                        () -> with(ticket()),
                        () -> Handshake.to(sites.node, "/chat/lobby/").header("Authorization", "Token " + ticket())),
                nobody("ticket as a cookie", () -> with(ticket()), () -> sites.page("ticket=" + ticket())),
                SecurityCase.over("ticket of a session that was logged out since", () -> with(ticket()), () -> {
                    SpringSite site = sites.spring(Kind.SERVLET);
                    String id = site.create(
                            session -> session.setAttribute(Sites.SPRING_CONTEXT, SpringLogins.form("alice")));
                    String ticket = ticket(site.cookie(id));
                    site.delete(id);
                    return with(ticket);
                }),
                origin(
                        "ticket in a page of another site",
                        () -> with(ticket()),
                        () -> with(ticket()).header("Origin", "https://evil.test")));
    }

    private List<String> tickets() {
        return ((List<?>) sites.redis.command("KEYS", "ss:ticket:*"))
                .stream().map(String.class::cast).toList();
    }

    private Handshake with(String ticket) {
        return at("/chat/lobby/", ticket);
    }

    private Handshake at(String path, String ticket) {
        return Handshake.to(sites.node, path + "?ticket=" + ticket);
    }

    private String ticket() {
        return ticket(sites.springLogin());
    }

    String ticket(String cookies) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + sites.node.port() + "/chat/ticket"))
                .timeout(Duration.ofSeconds(20))
                .header("Cookie", cookies)
                .header("Origin", TestNode.ORIGIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"room\":\"lobby\"}"))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return JsonMapper.shared().readTree(answer.body()).get("ticket").asString();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
