package dev.sidestream.sessions.laravel;

import dev.sidestream.sessions.store.Settings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a Laravel site keeps its sessions.
 *
 * @param keys the site's {@code APP_KEY} as it is in its environment, then its {@code APP_PREVIOUS_KEYS}
 * @param prefix what stands before the id in Redis: the prefix of the Redis connection and that of the cache
 * @param cookieName the site's {@code session.cookie}; when not set, its default names, made of the application's name in the prefix
 * @param guard the guard that logs users in
 * @param namePath where in the session the site itself puts the user's name; the id is the name when not set
 */
@ConfigurationProperties("sidestream.session.laravel")
public record LaravelSessionProperties(
        @DefaultValue List<String> keys,
        @DefaultValue("laravel-database-laravel-cache-") String prefix,
        @Nullable String cookieName,
        @DefaultValue("web") String guard,
        @Nullable String namePath) {

    /** The application's name stands in front of both prefixes by default, joined as the version joins words. */
    private static final Pattern APPLICATION = Pattern.compile("(.+?)[-_](?:database|cache)[-_:].*");

    public LaravelSessionProperties {
        keys = List.copyOf(keys);
        if (cookieName != null) {
            Settings.requireCookieName("sidestream.session.laravel.cookie-name", cookieName);
        }
        Settings.requirePath("sidestream.session.laravel.name-path", namePath);
    }

    /** Those of a site that keeps to the defaults, with its keys. */
    public static LaravelSessionProperties of(String... keys) {
        return new LaravelSessionProperties(List.of(keys), "laravel-database-laravel-cache-", null, "web", null);
    }

    /** The one that is set, or those of the application whose prefix it is: with dashes as of late, and with underscores. */
    List<String> cookieNames() {
        if (cookieName != null) {
            return List.of(cookieName);
        }
        Matcher application = APPLICATION.matcher(prefix);
        String name = application.matches() ? application.group(1) : "laravel";
        return List.of(name.replace('_', '-') + "-session", name.replace('-', '_') + "_session");
    }

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "LaravelSessionProperties[keys=" + keys.size() + ", prefix=" + prefix + ", cookieNames=" + cookieNames()
                + "]";
    }
}
