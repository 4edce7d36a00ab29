package dev.sidestream.sessions.laravel;

import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.store.KeyMapper;
import dev.sidestream.sessions.store.PathIdentity;
import dev.sidestream.sessions.store.RedisSessionResolver;
import dev.sidestream.sessions.store.SecretCheck;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.StringSessions;
import java.time.Clock;
import java.util.List;

/** Makes the resolver {@code laravel}. */
public final class LaravelSessionResolver {

    /** What it is called in the settings. */
    public static final String NAME = "laravel";

    /** SHA-1 of the name of Laravel's session guard, which is part of the field's name. */
    private static final String SESSION_GUARD = "59ba36addc2b2f9401580f014c7f58ea4e30989d";

    private LaravelSessionResolver() {}

    /** Throws when the settings have no key: unencrypted ids are never believed. */
    public static SessionResolver of(LaravelSessionProperties settings, SessionRedis redis, Clock clock) {
        if (settings.keys().isEmpty()) {
            throw new IllegalArgumentException(
                    "sidestream.session.laravel.keys is empty; it must be the site's APP_KEY, or all of its keys");
        }
        List<LaravelKey> keys = settings.keys().stream().map(LaravelKey::parse).toList();
        SecretCheck check =
                new SecretCheck(redis.advice(), "Laravel session cookies", "sidestream.session.laravel.keys");
        List<String> names = settings.namePath() == null ? List.of() : List.of(settings.namePath());
        return new RedisSessionResolver(
                NAME,
                new LaravelCookies(settings.cookieNames(), keys, check),
                KeyMapper.prefix(settings.prefix()),
                new StringSessions(
                        new LaravelReader(keys),
                        new PathIdentity(List.of("login_" + settings.guard() + "_" + SESSION_GUARD), names, null),
                        clock,
                        redis.advice(),
                        "sidestream.session.laravel reads sessions that PHP or JSON wrote; a serializer or compression in"
                                + " the options of the site's Redis connection is not supported."),
                redis,
                "sidestream.session.laravel.prefix");
    }
}
