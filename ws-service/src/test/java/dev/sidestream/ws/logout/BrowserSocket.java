package dev.sidestream.ws.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.sessions.watch.SpringLoginSite;
import dev.sidestream.ws.support.TestNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A browser's socket: what it was sent, and the code that it was closed with. */
final class BrowserSocket implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final AtomicInteger marks = new AtomicInteger();
    final List<String> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder frame = new StringBuilder();
    private volatile int code;
    private WebSocket socket;

    private BrowserSocket() {}

    /** Opens a room in full mode with the cookie of a session. */
    static BrowserSocket open(int port, String session) {
        BrowserSocket opened = new BrowserSocket();
        opened.socket = HTTP.newWebSocketBuilder()
                .header("Origin", TestNode.ORIGIN)
                .header("Cookie", SpringLoginSite.cookie(session).getValue().getFirst())
                .subprotocols("sidestream.v1.json")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/chat/lobby/"), opened)
                .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                .join();
        Await.until("it is welcomed", () -> !opened.frames.isEmpty());
        return opened;
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    /** The code that the server closes it with. */
    int closed() {
        Await.until("the socket is closed", () -> code != 0);
        return code;
    }

    /** It is open still, since a ping sent now comes back. */
    void assertAnswers() {
        String mark = "\"t\":" + marks.incrementAndGet();
        send("{\"type\":\"ping\"," + mark + "}");
        Await.until("the ping is answered", () -> heard(mark) || code != 0);
        assertThat(code).as("the code that it was closed with").isZero();
    }

    boolean heard(String text) {
        return frames.stream().anyMatch(one -> one.contains(text));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        frame.append(text);
        if (last) {
            frames.add(frame.toString());
            frame.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        code = status;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        code = 1006;
    }
}
