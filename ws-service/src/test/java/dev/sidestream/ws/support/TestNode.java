package dev.sidestream.ws.support;

import dev.sidestream.channel.testing.Hygiene;
import dev.sidestream.channel.testing.RedisForTests;
import dev.sidestream.ws.WsServiceApplication;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.DefaultResourceLoader;

/** One node in this JVM: the whole service on a port of its own, with a login that is only a name. */
public final class TestNode implements AutoCloseable {

    /** The origin that browsers of these tests come from. */
    public static final String ORIGIN = "https://site.test";

    /** What only the writers of test sessions need, and would lock the node up. */
    public static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
            + "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.actuate.web.reactive"
            + ".ReactiveManagementWebSecurityAutoConfiguration,"
            + "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration,"
            + "org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration";

    private static final List<String> DEFAULTS = List.of(
            "server.port=0",
            "management.server.port=",
            "sidestream.origin.allowed=" + ORIGIN,
            "sidestream.drain.window=0s",
            WITHOUT_SECURITY);

    static {
        Hygiene.install();
    }

    private final ConfigurableApplicationContext context;

    private TestNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts a node.
     *
     * @param settings {@code name=value}, before all others
     */
    public static TestNode start(RedisForTests redis, String... settings) {
        return start(redis, Login.class, settings);
    }

    /** Starts a node that asks the resolvers of the settings, as the program does. */
    public static TestNode withRealLogins(RedisForTests redis, String... settings) {
        return start(redis, settings, WsServiceApplication.class);
    }

    /** Starts a node with beans of the test's own. */
    public static TestNode start(RedisForTests redis, Class<?> beans, String... settings) {
        return start(redis, settings, Login.class, beans);
    }

    private static TestNode start(RedisForTests redis, String[] settings, Class<?>... beans) {
        Map<String, String> all = new LinkedHashMap<>(redis.properties());
        for (String setting : DEFAULTS) {
            put(all, setting);
        }
        for (String setting : settings) {
            put(all, setting);
        }
        return new TestNode(new SpringApplicationBuilder(beans)
                .resourceLoader(new DefaultResourceLoader(beans[beans.length - 1].getClassLoader()))
                .web(WebApplicationType.REACTIVE)
                .run(all.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new)));
    }

    private static void put(Map<String, String> all, String setting) {
        int equals = setting.indexOf('=');
        all.put(setting.substring(0, equals), setting.substring(equals + 1));
    }

    public int port() {
        Integer port = context.getEnvironment().getProperty("local.server.port", Integer.class);
        if (port == null) {
            throw new IllegalStateException("The node has no port");
        }
        return port;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The sum of all meters of a name whose tags contain the given pairs. */
    public double meter(String name, String... tags) {
        return bean(MeterRegistry.class).getMeters().stream()
                .filter(meter -> meter.getId().getName().equals(name) && has(meter, tags))
                .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                .mapToDouble(measurement -> measurement.getValue())
                .sum();
    }

    private static boolean has(Meter meter, String... tags) {
        for (int i = 0; i < tags.length; i += 2) {
            if (!tags[i + 1].equals(meter.getId().getTag(tags[i]))) {
                return false;
            }
        }
        return true;
    }

    /** Leaves as on SIGTERM. */
    @Override
    public void close() {
        context.close();
    }

    /** The service with a login of tests. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Login {

        @Bean
        CookieNames cookieNames() {
            return new CookieNames();
        }
    }
}
