package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.LabException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A socket whose session will be over, and how long after that it is closed. */
final class Leaving implements WebSocket.Listener {

    private final String session;
    private final int expected;
    private final CompletableFuture<Instant> closed = new CompletableFuture<>();
    private volatile Instant over = Instant.MAX;

    /** @param expected the code that it must be closed with */
    Leaving(HttpClient http, int port, String session, int expected) {
        this.session = session;
        this.expected = expected;
        String cookie = Base64.getEncoder().encodeToString(session.getBytes(StandardCharsets.US_ASCII));
        http.newWebSocketBuilder()
                .header("Origin", "http://localhost")
                .header("Cookie", "SESSION=" + cookie)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/chat/leaving/"), this)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    String session() {
        return session;
    }

    /** Says when the session was over. */
    void over(Instant when) {
        over = when;
    }

    /** The delays of all, in milliseconds, ascending; fails when one was not closed in 60 s, or for another reason. */
    static List<Double> millis(List<Leaving> all) {
        List<Double> millis = new ArrayList<>();
        for (Leaving one : all) {
            Instant when = one.closed.orTimeout(60, TimeUnit.SECONDS).join();
            millis.add(java.time.Duration.between(one.over, when).toNanos() / 1e6);
        }
        millis.sort(null);
        return millis;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        if (status == expected) {
            closed.complete(Instant.now());
        } else {
            closed.completeExceptionally(new LabException("Closed with " + status));
        }
        return CompletableFuture.completedFuture(null);
    }
}
