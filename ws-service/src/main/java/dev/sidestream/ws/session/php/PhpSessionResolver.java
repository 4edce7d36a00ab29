package dev.sidestream.ws.session.php;

import dev.sidestream.ws.session.SessionResolver;
import dev.sidestream.ws.session.format.Payloads;
import dev.sidestream.ws.session.store.KeyMapper;
import dev.sidestream.ws.session.store.PathIdentity;
import dev.sidestream.ws.session.store.PatternCookies;
import dev.sidestream.ws.session.store.RedisSessionResolver;
import dev.sidestream.ws.session.store.SessionRedis;
import dev.sidestream.ws.session.store.StringSessions;
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
