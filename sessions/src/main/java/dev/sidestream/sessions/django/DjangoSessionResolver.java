package dev.sidestream.sessions.django;

import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.store.CookieReader;
import dev.sidestream.sessions.store.KeyMapper;
import dev.sidestream.sessions.store.PathIdentity;
import dev.sidestream.sessions.store.PatternCookies;
import dev.sidestream.sessions.store.RedisSessionResolver;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.StringSessions;
import java.time.Clock;
import java.util.List;

/**
 * Makes the resolver {@code django}. Both engines that use the cache are looked for: {@code cache} and {@code cached_db}. A
 * session holds the user's id and a hash of the password hash, which is part of the fingerprint, but no name.
 */
public final class DjangoSessionResolver {

    /** What it is called in the settings. */
    public static final String NAME = "django";

    private static final List<String> ENGINES =
            List.of("django.contrib.sessions.cache", "django.contrib.sessions.cached_db");

    private DjangoSessionResolver() {}

    public static SessionResolver of(DjangoSessionProperties settings, SessionRedis redis, Clock clock) {
        CookieReader cookies = new PatternCookies(settings.cookieName(), "[a-z0-9]{8,64}");
        String prefix = settings.keyPrefix() + ":" + settings.version() + ":";
        KeyMapper keys =
                id -> ENGINES.stream().map(engine -> prefix + engine + id).toList();
        List<String> names = settings.namePath() == null ? List.of() : List.of(settings.namePath());
        return new RedisSessionResolver(
                NAME,
                cookies,
                keys,
                new StringSessions(
                        Payloads.PYTHON,
                        new PathIdentity(List.of("_auth_user_id"), names, null),
                        clock,
                        redis.advice(),
                        "sidestream.session.django reads pickle, JSON and MessagePack, plain or compressed with zlib or"
                                + " gzip: see SERIALIZER and COMPRESSOR of the site's cache."),
                redis,
                "sidestream.session.django.key-prefix");
    }
}
