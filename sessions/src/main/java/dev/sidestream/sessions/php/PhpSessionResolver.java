package dev.sidestream.sessions.php;

import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.store.KeyMapper;
import dev.sidestream.sessions.store.PathIdentity;
import dev.sidestream.sessions.store.PatternCookies;
import dev.sidestream.sessions.store.RedisSessionResolver;
import dev.sidestream.sessions.store.SessionRedis;
import dev.sidestream.sessions.store.StringSessions;
import java.time.Clock;

/** Makes the resolver {@code php}. */
public final class PhpSessionResolver {

    /** What it is called in the settings. */
    public static final String NAME = "php";

    private PhpSessionResolver() {}

    /** Throws when the settings do not say where the user is. */
    public static SessionResolver of(PhpSessionProperties settings, SessionRedis redis, Clock clock) {
        if (settings.userPath() == null) {
            throw new IllegalArgumentException(
                    "sidestream.session.php.user-path is not set; it must say where in $_SESSION"
                            + " the site keeps the user's id, such as user_id");
        }
        return new RedisSessionResolver(
                NAME,
                new PatternCookies(settings.cookieName(), "[A-Za-z0-9,-]{16,256}"),
                KeyMapper.prefix(settings.prefix()),
                new StringSessions(
                        Payloads.PHP_SESSION,
                        PathIdentity.of(settings.userPath(), settings.namePath()),
                        clock,
                        redis.advice(),
                        "sidestream.session.php reads the formats php, php_serialize and php_binary without compression:"
                                + " see session.serialize_handler and redis.session.compression of the site."),
                redis,
                "sidestream.session.php.prefix");
    }
}
