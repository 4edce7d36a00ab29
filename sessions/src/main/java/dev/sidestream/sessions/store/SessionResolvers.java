package dev.sidestream.sessions.store;

import dev.sidestream.sessions.SessionResolver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resolvers that are on, in the order in which they are asked. Immutable. */
public final class SessionResolvers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionResolvers.class);

    private final Map<String, SessionResolver> byName = new LinkedHashMap<>();

    public SessionResolvers(List<SessionResolver> ordered) {
        for (SessionResolver resolver : ordered) {
            if (byName.put(resolver.name(), resolver) != null) {
                throw new IllegalArgumentException(
                        "Two session resolvers are called '" + resolver.name() + "'; each needs a name of its own");
            }
        }
    }

    public List<SessionResolver> all() {
        return List.copyOf(byName.values());
    }

    /** Null when there is none of that name. */
    public @Nullable SessionResolver byName(String name) {
        return byName.get(name);
    }

    /** Closes those that hold connections of their own, each even where another one fails to. */
    @Override
    public void close() {
        for (SessionResolver resolver : byName.values()) {
            if (resolver instanceof AutoCloseable closeable) {
                close(resolver.name(), closeable);
            }
        }
    }

    private static void close(String name, AutoCloseable resolver) {
        try {
            resolver.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.atWarn().addKeyValue("resolver", name).setCause(e).log("A session resolver could not be closed");
        }
    }
}
