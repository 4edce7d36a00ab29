package dev.sidestream.ws.session.config;

import dev.sidestream.ws.session.SessionResolver;
import dev.sidestream.ws.session.spring.SpringSessionProperties;
import dev.sidestream.ws.session.spring.SpringSessionResolver;
import dev.sidestream.ws.session.store.SessionRedis;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the resolvers that come with Sidestream, each only when it is asked for. */
record BuiltInResolvers(SessionRedis redis, Clock clock, SpringSessionProperties spring) {

    static final List<String> NAMES = List.of(SpringSessionResolver.NAME);

    /** Null when none of that name comes with Sidestream. */
    @Nullable
    SessionResolver make(String name) {
        return switch (name) {
            case SpringSessionResolver.NAME -> SpringSessionResolver.of(spring, redis, clock);
            default -> null;
        };
    }
}
