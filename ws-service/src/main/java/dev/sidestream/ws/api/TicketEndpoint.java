package dev.sidestream.ws.api;

import dev.sidestream.channel.RoomName;
import dev.sidestream.sessions.Authentication;
import dev.sidestream.sessions.Credentials;
import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.ticket.Tickets;
import dev.sidestream.ws.admission.CheckFailures;
import dev.sidestream.ws.admission.DrainState;
import dev.sidestream.ws.admission.OriginPolicy;
import dev.sidestream.ws.admission.Refusal;
import dev.sidestream.ws.limits.KeyedBuckets;
import dev.sidestream.ws.rights.RoomAccess;
import dev.sidestream.ws.rights.RoomPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * {@code POST /chat/ticket}: a single-use ticket for one room, for whoever the session cookie or the token says, under the same
 * rule of origins as a socket; pages of other hosts among them may read the answer. The body is {@code {"room": "lobby"}}, the answer {@code {"ticket": "...", "expires_in": 30}}.
 */
public final class TicketEndpoint implements HandlerFunction<ServerResponse>, CorsConfigurationSource {

    /** A room's name and the braces around it, with each character escaped. */
    private static final int MAX_BODY = 4096;

    private final Tickets tickets;
    private final SessionAuthenticator sessions;
    private final OriginPolicy origins;
    private final AllowedPages pages;
    private final RoomPolicy policy;
    private final DrainState drain;
    private final KeyedBuckets rate;
    private final CheckFailures failures;
    private final ObjectMapper json;

    /** @param rate tickets of one user */
    public TicketEndpoint(
            Tickets tickets,
            SessionAuthenticator sessions,
            OriginPolicy origins,
            RoomPolicy policy,
            DrainState drain,
            KeyedBuckets rate,
            CheckFailures failures,
            ObjectMapper json) {
        this.tickets = tickets;
        this.sessions = sessions;
        this.origins = origins;
        this.pages = new AllowedPages(origins);
        this.policy = policy;
        this.drain = drain;
        this.rate = rate;
        this.failures = failures;
        this.json = json;
        // A mapper's first use takes a lock, which no event loop may wait for.
        json.readTree("{}");
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(ServerWebExchange exchange) {
        return pages.of(exchange.getRequest());
    }

    @Override
    public Mono<ServerResponse> handle(ServerRequest request) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        boolean tokenOnly =
                headers.containsHeader(HttpHeaders.AUTHORIZATION) && !headers.containsHeader(HttpHeaders.COOKIE);
        if (drain.isDraining()) {
            return refuse(Refusal.DRAINING);
        }
        if (!origins.allows(headers.getOrEmpty(HttpHeaders.ORIGIN), tokenOnly)) {
            return refuse(Refusal.ORIGIN);
        }
        MediaType type = request.headers().contentType().orElse(null);
        if (type == null || !type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
            // A form of another site could send any other type without asking the browser first.
            return say(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "media_type", "send application/json");
        }
        return request.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).flatMap(body -> {
            String room = room(body);
            return room == null
                    ? say(HttpStatus.BAD_REQUEST, "malformed", "send {\"room\": \"<name>\"}")
                    : authenticated(headers, room);
        });
    }

    private @Nullable String room(byte[] body) {
        if (body.length > MAX_BODY) {
            return null;
        }
        try {
            JsonNode room = json.readTree(body).get("room");
            return room != null && room.isString() ? RoomName.normalise(room.asString()) : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private Mono<ServerResponse> authenticated(HttpHeaders headers, String room) {
        Credentials credentials = new Credentials(
                headers.getOrEmpty(HttpHeaders.COOKIE), headers.getFirst(HttpHeaders.AUTHORIZATION), null, room);
        return sessions.authenticate(credentials).flatMap(authentication -> switch (authentication) {
            case Authentication.Authenticated who -> issue(who, room);
            case Authentication.Anonymous ignored -> refuse(Refusal.NO_SESSION);
            case Authentication.Expired ignored -> refuse(Refusal.SESSION_EXPIRED);
            case Authentication.Unavailable ignored -> refuse(Refusal.SESSIONS_UNAVAILABLE);
        });
    }

    private Mono<ServerResponse> issue(Authentication.Authenticated who, String room) {
        try {
            if (policy.access(who.user(), room) == RoomAccess.NONE) {
                return refuse(Refusal.FORBIDDEN);
            }
        } catch (RuntimeException e) {
            return refuse(failures.refusal(e));
        }
        if (!rate.tryTake(who.user().id())) {
            return refuse(Refusal.TOO_MANY_HANDSHAKES);
        }
        return tickets.issue(who.session(), room)
                .flatMap(ticket -> ServerResponse.ok()
                        .cacheControl(CacheControl.noStore())
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body(ticket)))
                .onErrorResume(failure -> refuse(Refusal.SESSIONS_UNAVAILABLE));
    }

    /** Bytes, because encoders of objects and texts log what they encode. A ticket needs no escaping. */
    private static byte[] body(String ticket) {
        return ("{\"ticket\":\"" + ticket + "\",\"expires_in\":" + Tickets.LIFETIME.toSeconds() + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Mono<ServerResponse> refuse(Refusal refusal) {
        return say(HttpStatus.valueOf(refusal.status()), refusal.tag(), refusal.text(), refusal.retryAfter());
    }

    private static Mono<ServerResponse> say(HttpStatus status, String code, String text) {
        return say(status, code, text, 0);
    }

    private static Mono<ServerResponse> say(HttpStatus status, String code, String text, int retryAfter) {
        ServerResponse.BodyBuilder answer = ServerResponse.status(status)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON);
        if (retryAfter > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter));
        }
        return answer.bodyValue(Map.of("error", code, "message", text));
    }
}
