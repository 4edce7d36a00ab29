import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what two visitors do: both sign in on the site with its form, both open a room with the cookie they got, each on
 * another node, and each reads what the other wrote. Run as {@code java Check.java SITE USER:PASSWORD USER:PASSWORD
 * SOCKETS...}, where SOCKETS are addresses such as {@code ws://localhost:8000}, asked in turn. Every wait ends after
 * half a minute. Exit 0 when all of it happened, 1 with the reason otherwise.
 */
final class Check {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROOM = "/chat/check-" + UUID.randomUUID().toString().substring(0, 8) + "/";
    private static final Pattern CSRF = Pattern.compile("<input[^>]*name=\"_csrf\"[^>]*>");
    private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String site;

    private Check(String site) {
        this.site = site;
    }

    public static void main(String[] arguments) {
        try {
            new Check(arguments[0]).run(arguments);
        } catch (Failure failure) {
            say("FAILED: " + failure.getMessage());
            System.exit(1);
        } catch (Exception failure) {
            say("FAILED: " + failure);
            System.exit(1);
        }
        System.exit(0);
    }

    private void run(String[] arguments) throws Exception {
        Visitor first = signIn(arguments[1]);
        Visitor second = signIn(arguments[2]);
        Socket left = first.open(arguments[3]);
        Socket right = openElsewhere(second, left, arguments);
        say("%s is on node %s, %s on node %s".formatted(first.name(), left.node, second.name(), right.node));
        exchange(left, right, "Hello from " + left.node);
        exchange(right, left, "Hello back from " + right.node);
        left.close();
        right.close();
    }

    /** nginx takes the nodes in turn, but other visitors take turns too: hence several attempts. */
    private Socket openElsewhere(Visitor visitor, Socket other, String[] arguments) throws Exception {
        for (int attempt = 0; attempt < 20; attempt++) {
            Socket socket = visitor.open(arguments[3 + (attempt + 1) % (arguments.length - 3)]);
            if (!socket.node.equals(other.node)) {
                return socket;
            }
            socket.close();
        }
        throw new Failure("20 sockets in a row came to node " + other.node + "; is the other node reachable?");
    }

    private static void exchange(Socket from, Socket to, String text) throws Exception {
        String cid = UUID.randomUUID().toString();
        long sent = System.nanoTime();
        from.send("{\"type\":\"message\",\"message\":\"" + text + "\",\"cid\":\"" + cid + "\"}");
        String received = to.await("message", text);
        long delivered = System.nanoTime();
        String ack = from.await("ack", cid);
        if (!field(received, "user").equals(from.user)) {
            throw new Failure("the message should be %s's, but says %s".formatted(from.user, field(received, "user")));
        }
        if (!field(received, "id").equals(field(ack, "id"))) {
            throw new Failure("the message has another id than its acknowledgement");
        }
        say("%s wrote \"%s\", %s read it after %.1f ms"
                .formatted(from.user, text, to.user, (delivered - sent) / 1_000_000.0));
    }

    private Visitor signIn(String userAndPassword) throws Exception {
        long started = System.nanoTime();
        String name = userAndPassword.substring(0, userAndPassword.indexOf(':'));
        String password = userAndPassword.substring(name.length() + 1);
        Map<String, String> cookies = new LinkedHashMap<>();
        HttpResponse<String> form = ask(HttpRequest.newBuilder(URI.create(site + "/login")), cookies);
        Matcher input = CSRF.matcher(form.body());
        Matcher token = VALUE.matcher(input.find() ? input.group() : "");
        if (form.statusCode() != 200 || !token.find()) {
            throw new Failure(site + "/login is no form with a CSRF token: status " + form.statusCode());
        }
        HttpResponse<String> answer = ask(
                HttpRequest.newBuilder(URI.create(site + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("username=" + encode(name) + "&password="
                                + encode(password) + "&_csrf=" + encode(token.group(1)))),
                cookies);
        String to = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() / 100 != 3 || to.contains("error")) {
            throw new Failure("%s cannot sign in: status %d".formatted(name, answer.statusCode()));
        }
        say("%s signed in on %s after %d ms".formatted(name, site, millisSince(started)));
        return new Visitor(name, cookies);
    }

    private HttpResponse<String> ask(HttpRequest.Builder request, Map<String, String> cookies)
            throws IOException, InterruptedException {
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookieHeader(cookies));
        }
        HttpResponse<String> answer = http.send(
                request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String pair = cookie.split(";", 2)[0];
            cookies.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
        }
        return answer;
    }

    private static String cookieHeader(Map<String, String> cookies) {
        StringBuilder header = new StringBuilder();
        cookies.forEach((name, value) ->
                header.append(header.isEmpty() ? "" : "; ").append(name).append('=').append(value));
        return header.toString();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    /** The string in a field of a frame; frames here are small and known, so that no JSON library is needed. */
    private static String field(String frame, String name) {
        Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(frame);
        return value.find() ? value.group(1) : "";
    }

    private static void say(String line) {
        System.out.println("check   | " + line);
    }

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(String reason) {
            super(reason);
        }
    }

    private final class Visitor {
        private final String name;
        private final Map<String, String> cookies;

        Visitor(String name, Map<String, String> cookies) {
            this.name = name;
            this.cookies = cookies;
        }

        String name() {
            return name;
        }

        Socket open(String sockets) throws Exception {
            Socket socket = new Socket(name);
            try {
                socket.open = http.newWebSocketBuilder()
                        .connectTimeout(PATIENCE)
                        .header("Origin", site)
                        .header("Cookie", cookieHeader(cookies))
                        .subprotocols("sidestream.v1.json")
                        .buildAsync(URI.create(sockets + ROOM), socket)
                        .join();
            } catch (CompletionException refused) {
                String reason = refused.getCause() instanceof WebSocketHandshakeException answer
                        ? "status " + answer.getResponse().statusCode()
                        : String.valueOf(refused.getCause());
                throw new Failure("%s cannot open %s: %s".formatted(name, sockets + ROOM, reason));
            }
            String welcome = socket.await("welcome", "");
            socket.node = field(welcome, "node");
            if (!field(welcome, "user").equals(name)) {
                throw new Failure("the node greets %s as %s".formatted(name, field(welcome, "user")));
            }
            return socket;
        }
    }

    private static final class Socket implements WebSocket.Listener {
        private final String user;
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private WebSocket open;
        private String node = "";

        Socket(String user) {
            this.user = user;
        }

        void send(String frame) throws Exception {
            open.sendText(frame, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        /** The first frame of the type that holds the text. Others that come before are passed over. */
        String await(String type, String text) throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                String frame = frames.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (frame == null) {
                    throw new Failure("%s waited %d s for a frame of type %s"
                            .formatted(user, PATIENCE.toSeconds(), type));
                }
                if (field(frame, "type").equals(type) && frame.contains(text)) {
                    return frame;
                }
                if (field(frame, "type").matches("error|bye|closed")) {
                    throw new Failure("%s waited for %s and was told: %s".formatted(user, type, frame));
                }
            }
        }

        void close() {
            open.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            frames.add("{\"type\":\"closed\",\"code\":\"" + code + "\",\"reason\":\"" + reason + "\"}");
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            frames.add("{\"type\":\"closed\",\"reason\":\"" + error + "\"}");
        }
    }
}
