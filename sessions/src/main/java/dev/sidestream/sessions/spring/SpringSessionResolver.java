package dev.sidestream.sessions.spring;

import dev.sidestream.sessions.SessionResolver;
import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.store.KeyMapper;
import dev.sidestream.sessions.store.RedisSessionResolver;
import dev.sidestream.sessions.store.SessionRedis;
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
