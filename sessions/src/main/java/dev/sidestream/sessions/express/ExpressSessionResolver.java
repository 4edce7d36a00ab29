package dev.sidestream.sessions.express;

import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.store.IdentityRule;
import dev.sidestream.sessions.store.KeyMapper;
import dev.sidestream.sessions.store.PathIdentity;
import dev.sidestream.sessions.store.RedisSessionResolver;
import dev.sidestream.sessions.store.SecretCheck;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.StringSessions;
import java.time.Clock;
import java.util.List;

/** Makes the resolver {@code express}. */
public final class ExpressSessionResolver {

    /** What it is called in the settings. */
    public static final String NAME = "express";

    private ExpressSessionResolver() {}

    /** Throws when the settings have no secret: unsigned ids are never believed. */
    public static SessionResolver of(ExpressSessionProperties settings, SessionRedis redis, Clock clock) {
        if (settings.secrets().isEmpty() || settings.secrets().contains("")) {
            throw new IllegalArgumentException(
                    "sidestream.session.express.secrets is empty; it must be the secret of the"
                            + " site's express-session, or all of them");
        }
        SecretCheck check =
                new SecretCheck(redis.advice(), "Express session cookies", "sidestream.session.express.secrets");
        return new RedisSessionResolver(
                NAME,
                new ExpressCookies(settings.cookieName(), settings.secrets(), check),
                KeyMapper.prefix(settings.prefix()),
                new StringSessions(
                        Payloads.JSON,
                        rule(settings),
                        clock,
                        redis.advice(),
                        "It must be JSON: sidestream.session.express reads no store with a serializer of its own."),
                redis,
                "sidestream.session.express.prefix");
    }

    /** passport keeps whatever the site's serializeUser returned: an id, or an object with one. */
    private static IdentityRule rule(ExpressSessionProperties settings) {
        if (settings.userPath() != null) {
            return PathIdentity.of(settings.userPath(), settings.namePath());
        }
        String user = "passport.user";
        List<String> names = settings.namePath() != null
                ? List.of(settings.namePath())
                : List.of(user + ".username", user + ".name", user + ".displayName");
        return new PathIdentity(List.of(user, user + ".id", user + "._id", user + ".username"), names, user + ".roles");
    }
}
