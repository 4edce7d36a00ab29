package dev.sidestream.ws.management;

import dev.sidestream.ws.logout.Revocation;
import dev.sidestream.ws.logout.Revocations;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code POST /api/revoke} with {@code {"user": "..."}} or {@code {"session": "..."}} as application/json. 202 when Redis has it,
 * so that every node will carry it out; 503 when Redis does not answer, and nothing may have happened.
 *
 * <p>It stands on the management port alone, which belongs on no public interface. A page in a browser of that network cannot
 * call it: it would have to send an Origin, or another content type.
 */
final class RevokeHandler {

    private final Revocations revocations;

    RevokeHandler(Revocations revocations) {
        this.revocations = revocations;
    }

    Mono<ServerResponse> handle(ServerRequest request) {
        if (request.headers().firstHeader(HttpHeaders.ORIGIN) != null) {
            return problem(HttpStatus.FORBIDDEN, "Pages may not revoke; call this from the site's backend");
        }
        boolean json = request.headers()
                .contentType()
                .filter(MediaType.APPLICATION_JSON::isCompatibleWith)
                .isPresent();
        if (!json) {
            return problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The content type must be application/json");
        }
        // As bytes: the decoder of texts logs what it has decoded, which may be a session's id.
        return request.bodyToMono(byte[].class)
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .defaultIfEmpty("")
                .flatMap(this::revoke);
    }

    private Mono<ServerResponse> revoke(String body) {
        Revocation revocation = Revocation.parse(body);
        if (revocation == null) {
            return problem(
                    HttpStatus.BAD_REQUEST,
                    "The body must be {\"user\": \"<id>\"} or {\"session\": \"<id, 16 characters at least>\"}");
        }
        return revocations
                .revoke(revocation)
                .then(ServerResponse.accepted().build())
                .onErrorResume(failure -> problem(HttpStatus.SERVICE_UNAVAILABLE, "Redis does not answer; try again"));
    }

    private static Mono<ServerResponse> problem(HttpStatus status, String text) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("error", text));
    }
}
