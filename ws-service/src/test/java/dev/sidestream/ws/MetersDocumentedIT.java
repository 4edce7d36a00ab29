package dev.sidestream.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.support.SocketTest;
import dev.sidestream.ws.support.TestNode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of meters and a started node have the same meters, with the same types, units and tags. */
@SocketTest
class MetersDocumentedIT {

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(sidestream\\.[a-z.]+)` \\| (\\w+) \\| ([^|]*) \\| ([^|]*) \\| [^|]+ \\|$");
    private static final Pattern TAG = Pattern.compile("`(\\w+)`: ([^;]+)");
    private static final Pattern VALUE = Pattern.compile("`([^`]+)`");

    @Test
    void describesEveryMeterAndNoOther() throws IOException {
        try (TestNode node = TestNode.start(
                RedisForTests.shared(),
                "sidestream.session.resolvers=spring,express,django,php,laravel,flask,http,jwt",
                "sidestream.session.express.secrets=secret",
                "sidestream.session.php.user-path=user.id",
                "sidestream.session.laravel.keys=" + "k".repeat(32),
                "sidestream.session.http.url=http://localhost/me",
                "sidestream.session.jwt.secrets=" + "s".repeat(32))) {
            assertThat(documented()).isNotEmpty().isEqualTo(registered(node.bean(MeterRegistry.class)));
        }
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> meters = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/metrics.md")));
        while (row.find()) {
            Map<String, TreeSet<String>> tags = new TreeMap<>();
            Matcher tag = TAG.matcher(row.group(4));
            while (tag.find()) {
                TreeSet<String> values = new TreeSet<>();
                VALUE.matcher(tag.group(2)).results().forEach(value -> values.add(value.group(1)));
                tags.put(tag.group(1), values);
            }
            String unit = row.group(3).strip();
            meters.put(row.group(1), row.group(2) + " " + (unit.equals("–") ? "" : unit) + " " + tags);
        }
        return meters;
    }

    private static Map<String, String> registered(MeterRegistry registry) {
        Map<String, List<Meter.Id>> ids = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().getName().startsWith("sidestream.")) {
                ids.computeIfAbsent(meter.getId().getName(), name -> new ArrayList<>())
                        .add(meter.getId());
            }
        }
        Map<String, String> meters = new TreeMap<>();
        ids.forEach((name, all) -> {
            Map<String, TreeSet<String>> tags = new TreeMap<>();
            for (Meter.Id id : all) {
                assertThat(id.getDescription()).as(name).isNotBlank();
                for (Tag tag : id.getTags()) {
                    tags.computeIfAbsent(tag.getKey(), key -> new TreeSet<>()).add(tag.getValue());
                }
            }
            Meter.Id one = all.getFirst();
            String unit = one.getBaseUnit() == null ? "" : one.getBaseUnit();
            meters.put(name, one.getType().name().toLowerCase(java.util.Locale.ROOT) + " " + unit + " " + tags);
        });
        return meters;
    }
}
