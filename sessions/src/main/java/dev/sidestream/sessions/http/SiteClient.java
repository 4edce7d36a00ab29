package dev.sidestream.sessions.http;

import dev.sidestream.sessions.SessionState;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.format.UnreadableException;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.Identity;
import dev.sidestream.sessions.store.IdentityRule;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.ByteArrayOutputStream;
import java.io.Serial;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Asks one URL, and no other: redirects are not followed, so that what proves a user goes to the configured host only. At most
 * 50 questions are under way, 500 wait, and 64 KiB of an answer are read.
 */
final class SiteClient implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 50;
    private static final int MAX_WAITING = 500;
    private static final int MAX_BYTES = 64 * 1024;

    private static final String LATE = "does not answer within sidestream.session.http.timeout";

    private final URI url;
    private final Duration timeout;
    private final IdentityRule rule;
    private final Advice advice;
    private final ConnectionProvider connections;
    private final HttpClient client;

    SiteClient(URI url, Duration timeout, IdentityRule rule, Advice advice) {
        this.url = url;
        this.timeout = timeout;
        this.rule = rule;
        this.advice = advice;
        this.connections = ConnectionProvider.builder("sidestream-session-http")
                .maxConnections(MAX_CONNECTIONS)
                .pendingAcquireMaxCount(MAX_WAITING)
                .pendingAcquireTimeout(timeout)
                .maxIdleTime(Duration.ofSeconds(20))
                .build();
        this.client = HttpClient.create(connections).followRedirect(false).responseTimeout(timeout);
    }

    /** One answer; fails when the site does not give one. */
    Mono<SessionState> ask(WhoIs question) {
        return client.headers(headers -> {
                    headers.set(HttpHeaderNames.ACCEPT, "application/json");
                    question.addTo(headers);
                })
                .get()
                .uri(url)
                .response(this::answer)
                .singleOrEmpty()
                .switchIfEmpty(Mono.error(() -> new NoAnswerException("ends the connection without an answer")))
                .timeout(timeout)
                .doOnError(this::adviseOn);
    }

    /** Nothing of a failure but its kind: its message could quote the URL, which may hold a secret. */
    private void adviseOn(Throwable failure) {
        String what = switch (failure) {
            case NoAnswerException known -> known.getMessage();
            case TimeoutException late -> LATE;
            case ReadTimeoutException late -> LATE;
            case UnknownHostException unknown -> "is on a host whose name is not known";
            case ConnectException refused -> "cannot be connected to";
            default -> "cannot be asked (" + failure.getClass().getSimpleName() + ")";
        };
        advice.warn(
                "The URL in sidestream.session.http.url " + what + ". It must answer 200 with a JSON object of 64 KiB"
                        + " at most for a logged-in user, and 401, 403 or a redirect for nobody; until then handshakes are"
                        + " refused with 503.");
    }

    /** A site that does not do as it should; the message is a verb and what follows, and no secret. */
    private static final class NoAnswerException extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1;

        NoAnswerException(String what) {
            super(what);
        }
    }

    private Mono<SessionState> answer(HttpClientResponse response, ByteBufFlux body) {
        int status = response.status().code();
        if (status == 401 || status == 403 || (status >= 300 && status < 400)) {
            return Mono.just(new SessionState.NoLogin());
        }
        if (status != 200) {
            return Mono.error(new NoAnswerException("answers with " + status));
        }
        return body.asByteArray()
                .reduceWith(ByteArrayOutputStream::new, SiteClient::append)
                .map(bytes -> state(bytes.toByteArray()));
    }

    /** Whether or not a length was announced, no more than the bound is ever held. */
    private static ByteArrayOutputStream append(ByteArrayOutputStream all, byte[] part) {
        if (all.size() + part.length > MAX_BYTES) {
            throw new NoAnswerException("answers with more than 64 KiB");
        }
        all.writeBytes(part);
        return all;
    }

    private SessionState state(byte[] json) {
        try {
            Identity found = rule.identify(Payloads.JSON.read(json));
            return found == null
                    ? new SessionState.NoLogin()
                    : new SessionState.Login(found.user(), found.fingerprint(), null);
        } catch (UnreadableException e) {
            advice.warn("The answer of sidestream.session.http.url cannot be read (" + e.reason()
                    + "); it must be a JSON" + " object of 64 KiB at most.");
            return new SessionState.NoLogin();
        }
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
