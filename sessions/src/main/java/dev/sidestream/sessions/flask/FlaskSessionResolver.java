package dev.sidestream.sessions.flask;

import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.store.KeyMapper;
import dev.sidestream.sessions.store.PathIdentity;
import dev.sidestream.sessions.store.PatternCookies;
import dev.sidestream.sessions.store.RedisSessionResolver;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.StringSessions;
import java.time.Clock;

/** Makes the resolver {@code flask}. */
public final class FlaskSessionResolver {

    /** What it is called in the settings. */
    public static final String NAME = "flask";

    private FlaskSessionResolver() {}

    public static SessionResolver of(FlaskSessionProperties settings, SessionRedis redis, Clock clock) {
        return new RedisSessionResolver(
                NAME,
                new PatternCookies(settings.cookieName(), "[A-Za-z0-9_-]{16,256}"),
                KeyMapper.prefix(settings.prefix()),
                new StringSessions(
                        Payloads.PYTHON,
                        PathIdentity.of(settings.userPath(), settings.namePath()),
                        clock,
                        redis.advice(),
                        "sidestream.session.flask reads MessagePack and JSON: see SESSION_SERIALIZATION_FORMAT of the"
                                + " site."),
                redis,
                "sidestream.session.flask.prefix");
    }
}
