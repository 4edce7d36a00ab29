package dev.sidestream.ws.session.spring;

import dev.sidestream.ws.session.SessionResolver;
import dev.sidestream.ws.session.format.Payloads;
import dev.sidestream.ws.session.store.KeyMapper;
import dev.sidestream.ws.session.store.RedisSessionResolver;
import dev.sidestream.ws.session.store.SessionRedis;
import java.time.Clock;

/** Makes the resolver {@code spring}. */
public final class SpringSessionResolver {

    /** What it is called in the settings. */
    public static final String NAME = "spring";

    private SpringSessionResolver() {}

    public static SessionResolver of(SpringSessionProperties settings, SessionRedis redis, Clock clock) {
        SpringIdentity identity = new SpringIdentity(settings.userPath(), redis.advice());
        return new RedisSessionResolver(
                NAME,
                new SpringCookies(settings.cookieName(), settings.jvmRoute()),
                KeyMapper.prefix(settings.namespace() + ":sessions:"),
                new SpringSessions(
                        new SpringRecordJudge(Payloads.JAVA_OR_JSON, identity, clock, redis.advice()),
                        clock,
                        redis.advice()),
                redis,
                "sidestream.session.spring.namespace");
    }
}
