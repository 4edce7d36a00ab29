package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Connected;
import dev.sidestream.bench.lab.Generator;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.LabException;
import dev.sidestream.bench.lab.Rig;
import dev.sidestream.bench.lab.Site;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * From the site's answer to a logout to the close frame at the client, while many other sessions live and are rewritten by page
 * views; and how many sockets were closed that should have lived.
 */
final class Logout implements Benchmark {

    private static final int SESSIONS = 10_000;
    private static final int VIEWS_PER_SECOND = 200;
    private static final int LOGOUTS_PER_SECOND = 8;

    @Override
    public String name() {
        return "logout";
    }

    @Override
    public String description() {
        return "logout on the site to close at the client";
    }

    @Override
    public List<Row> run(Lab lab) {
        int sessions = Math.min(SESSIONS, lab.mostConnections() - 1_000);
        int seconds = lab.quick() ? 10 : 60;
        try (Rig rig = lab.service("--load", "idle=" + sessions + "/1000");
                Site site = rig.site();
                HttpClient http = HttpClient.newHttpClient()) {
            List<String> ids = site.sessions();
            long open = rig.generator().connect().open();
            List<Leaving> leaving = Stream.iterate(sessions, i -> i + 1)
                    .limit((long) seconds * LOGOUTS_PER_SECOND)
                    .map(i -> new Leaving(http, rig.port(), ids.get(i)))
                    .toList();
            rig.generator().hold(2);
            Connected held = run(rig, site, ids.subList(0, sessions), leaving, seconds);
            return List.of(row(leaving, held, open - held.open(), seconds, sessions));
        }
    }

    /** The views and the logouts, spread evenly over the time that the generator holds its sockets. */
    private static Connected run(Rig rig, Site site, List<String> living, List<Leaving> leaving, int seconds) {
        AtomicInteger next = new AtomicInteger();
        ScheduledExecutorService visitors = Executors.newScheduledThreadPool(2);
        try {
            visitors.scheduleAtFixedRate(
                    () -> site.view(living.get(ThreadLocalRandom.current().nextInt(living.size()))),
                    0,
                    1_000_000 / VIEWS_PER_SECOND,
                    TimeUnit.MICROSECONDS);
            visitors.scheduleAtFixedRate(
                    () -> {
                        int index = next.getAndIncrement();
                        if (index < leaving.size()) {
                            leaving.get(index).logout(site);
                        }
                    },
                    0,
                    1_000_000 / LOGOUTS_PER_SECOND,
                    TimeUnit.MICROSECONDS);
            return rig.generator().hold(seconds + 3.0);
        } finally {
            visitors.shutdownNow();
        }
    }

    private static Row row(List<Leaving> leaving, Connected held, long falseCloses, int seconds, int sessions) {
        List<Double> millis =
                new ArrayList<>(leaving.stream().map(Leaving::millis).toList());
        millis.sort(null);
        double p99 = at(millis, 0.99);
        double max = at(millis, 1);
        boolean met = p99 < 1_000 && max < 2_000 && falseCloses == 0;
        double time = seconds + 3.0;
        return new Row(
                Row.format("%d logouts, %,d sessions, %d page views/s", leaving.size(), sessions, VIEWS_PER_SECOND),
                Row.format(
                        "p50 %.0f p99 %.0f max %.0f ms, %d closed wrongly, CPU: node %.1f%%, Redis %.1f%%",
                        at(millis, 0.5),
                        p99,
                        max,
                        falseCloses,
                        100 * held.cpu().getOrDefault(Generator.SERVER, 0.0) / time,
                        100 * held.cpu().getOrDefault(Generator.REDIS, 0.0) / time),
                "p99 1 s, all 2 s, 0 wrong",
                met,
                null,
                null);
    }

    private static double at(List<Double> sorted, double quantile) {
        return sorted.get((int) Math.ceil(quantile * (sorted.size() - 1)));
    }

    /** A socket whose session will be ended. */
    private static final class Leaving implements WebSocket.Listener {

        private final String session;
        private final CompletableFuture<Long> closed = new CompletableFuture<>();
        private volatile long answered;

        Leaving(HttpClient http, int port, String session) {
            this.session = session;
            String cookie =
                    Base64.getEncoder().encodeToString(session.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            http.newWebSocketBuilder()
                    .header("Origin", "http://localhost")
                    .header("Cookie", "SESSION=" + cookie)
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/chat/leaving/"), this)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }

        void logout(Site site) {
            site.logout(session);
            answered = System.nanoTime();
        }

        /** From the site's answer to the close; fails when there was none in 30 s, or for another reason. */
        double millis() {
            return (closed.orTimeout(30, TimeUnit.SECONDS).join() - answered) / 1e6;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            if (status == 4011) {
                closed.complete(System.nanoTime());
            } else {
                closed.completeExceptionally(new LabException("Closed with " + status));
            }
            return CompletableFuture.completedFuture(null);
        }
    }
}
