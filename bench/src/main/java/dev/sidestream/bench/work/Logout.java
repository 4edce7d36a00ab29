package dev.sidestream.bench.work;

import dev.sidestream.bench.lab.Connected;
import dev.sidestream.bench.lab.Generator;
import dev.sidestream.bench.lab.Lab;
import dev.sidestream.bench.lab.LabException;
import dev.sidestream.bench.lab.Rig;
import dev.sidestream.bench.lab.Site;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * From the site's answer to a logout to the close frame at the client, while many other sessions live and are rewritten by page
 * views; how many sockets were closed that should have lived; the same from a session's deadline; and what watching costs.
 */
final class Logout implements Benchmark {

    private static final int SESSIONS = 10_000;
    private static final int VIEWS_PER_SECOND = 200;
    private static final int LOGOUTS_PER_SECOND = 8;
    private static final int EXPIRIES_PER_SECOND = 4;

    @Override
    public String name() {
        return "logout";
    }

    @Override
    public String description() {
        return "logout on the site, or a session's deadline, to close at the client";
    }

    @Override
    public List<Row> run(Lab lab) {
        int sessions = Math.min(SESSIONS, lab.mostConnections() - 1_500);
        int seconds = lab.quick() ? 10 : 60;
        try (Rig rig = lab.service("--load", "idle=" + sessions + "/1000");
                Site site = rig.site();
                HttpClient http = HttpClient.newHttpClient()) {
            List<String> ids = site.sessions();
            long before = site.memory();
            long open = rig.generator().connect().open();
            rig.generator().hold(2);
            long tracked = site.memory() - before;
            Connected idle = rig.generator().hold(seconds);
            List<Leaving> out = leaving(http, rig, ids, sessions, seconds * LOGOUTS_PER_SECOND, 4011);
            List<Leaving> expiring =
                    leaving(http, rig, ids, sessions + out.size(), seconds * EXPIRIES_PER_SECOND, 4010);
            for (int i = 0; i < expiring.size(); i++) {
                Duration life = Duration.ofSeconds(2 + i / EXPIRIES_PER_SECOND);
                expiring.get(i).over(site.expire(expiring.get(i).session(), life));
            }
            Connected held = run(rig, site, ids.subList(0, sessions), out, seconds);
            long wrong = open - held.open();
            return List.of(
                    row(
                            Row.format(
                                    "%d logouts, %,d sessions, %d page views/s",
                                    out.size(), sessions, VIEWS_PER_SECOND),
                            Leaving.millis(out),
                            wrong,
                            held,
                            "p99 1 s, all 2 s, 0 wrong"),
                    row(
                            Row.format("%d expiries beside them", expiring.size()),
                            Leaving.millis(expiring),
                            wrong,
                            held,
                            "p99 1 s"),
                    cost(idle, sessions, tracked));
        }
    }

    private static List<Leaving> leaving(HttpClient http, Rig rig, List<String> ids, int from, int count, int code) {
        return ids.subList(from, from + count).stream()
                .map(id -> new Leaving(http, rig.port(), id, code))
                .toList();
    }

    /** The views and the logouts, spread evenly over the time that the generator holds its sockets. */
    private static Connected run(Rig rig, Site site, List<String> living, List<Leaving> leaving, int seconds) {
        AtomicInteger next = new AtomicInteger();
        ScheduledExecutorService visitors = Executors.newScheduledThreadPool(2);
        try {
            Future<?> views = visitors.scheduleAtFixedRate(
                    () -> site.view(living.get(ThreadLocalRandom.current().nextInt(living.size()))),
                    0,
                    1_000_000 / VIEWS_PER_SECOND,
                    TimeUnit.MICROSECONDS);
            Future<?> logouts = visitors.scheduleAtFixedRate(
                    () -> {
                        int index = next.getAndIncrement();
                        if (index < leaving.size()) {
                            site.logout(leaving.get(index).session());
                            leaving.get(index).over(Instant.now());
                        }
                    },
                    0,
                    1_000_000 / LOGOUTS_PER_SECOND,
                    TimeUnit.MICROSECONDS);
            Connected held = rig.generator().hold(seconds + 3.0);
            stillGoesOn(views);
            stillGoesOn(logouts);
            return held;
        } finally {
            visitors.shutdownNow();
        }
    }

    /** Such work ends by itself only when it has failed, and then less was measured than is said. */
    private static void stillGoesOn(Future<?> work) {
        if (work.isDone()) {
            throw new LabException("The site's visitors have stopped", work.exceptionNow());
        }
    }

    private static Row row(String work, List<Double> millis, long wrong, Connected held, String goal) {
        double p99 = at(millis, 0.99);
        double max = at(millis, 1);
        return new Row(
                work,
                Row.format(
                        "p50 %.0f p90 %.0f p99 %.0f max %.0f ms, %d closed wrongly, CPU: node %.1f%%, Redis %.1f%%",
                        at(millis, 0.5),
                        at(millis, 0.9),
                        p99,
                        max,
                        wrong,
                        percent(held, Generator.SERVER),
                        percent(held, Generator.REDIS)),
                goal,
                p99 < 1_000 && max < 2_000 && wrong == 0,
                null,
                null);
    }

    /** Of sessions that are only watched: each is read once in a minute, and Redis remembers who wants to hear of it. */
    private static Row cost(Connected idle, int sessions, long tracked) {
        double scale = 100_000.0 / sessions;
        return new Row(
                "100,000 sessions watched, nothing happens",
                Row.format(
                        "CPU: node %.1f%%, Redis %.1f%%; %.0f MB in Redis (from %,d sessions)",
                        scale * percent(idle, Generator.SERVER),
                        scale * percent(idle, Generator.REDIS),
                        scale * tracked / 1e6,
                        sessions),
                "",
                null,
                null,
                null);
    }

    private static double percent(Connected held, String process) {
        return 100 * held.cpu().getOrDefault(process, 0.0) / held.seconds();
    }

    private static double at(List<Double> sorted, double quantile) {
        return sorted.get((int) Math.ceil(quantile * (sorted.size() - 1)));
    }
}
