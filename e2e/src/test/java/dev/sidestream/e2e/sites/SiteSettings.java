package dev.sidestream.e2e.sites;

import java.util.Map;

/** What is the same for the sites of Spring. PORT, REDIS_HOST, REDIS_PORT and REPOSITORY come from the environment. */
final class SiteSettings {

    private SiteSettings() {}

    static Map<String, Object> of(String kind) {
        return Map.of(
                "server.port", "${PORT:8080}",
                "server.address", "127.0.0.1",
                "spring.main.web-application-type", kind,
                "spring.data.redis.host", "${REDIS_HOST:127.0.0.1}",
                "spring.data.redis.port", "${REDIS_PORT:6379}",
                "spring.session.data.redis.repository-type", "${REPOSITORY:default}");
    }
}
