package dev.sidestream.ws.session.laravel;

import dev.sidestream.ws.session.store.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a Laravel site keeps its sessions.
 *
 * @param keys the site's {@code APP_KEY} as it is in its environment, then its {@code APP_PREVIOUS_KEYS}
 * @param prefix what stands before the id in Redis: the prefix of the Redis connection and that of the cache
 * @param cookieName the site's {@code session.cookie}
 * @param guard the guard that logs users in
 * @param namePath where in the session the site itself puts the user's name; the id is the name when not set
 */
@ConfigurationProperties("sidestream.session.laravel")
public record LaravelSessionProperties(
        @DefaultValue List<String> keys,
        @DefaultValue("laravel-database-laravel-cache-") String prefix,
        @DefaultValue("laravel-session") String cookieName,
        @DefaultValue("web") String guard,
        @Nullable String namePath) {

    public LaravelSessionProperties {
        keys = List.copyOf(keys);
        Settings.requireCookieName("sidestream.session.laravel.cookie-name", cookieName);
        Settings.requirePath("sidestream.session.laravel.name-path", namePath);
    }

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "LaravelSessionProperties[keys=" + keys.size() + ", prefix=" + prefix + ", cookieName=" + cookieName
                + "]";
    }
}
