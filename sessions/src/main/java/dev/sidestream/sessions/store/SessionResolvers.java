package dev.sidestream.sessions.store;

import dev.sidestream.sessions.SessionResolver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resolvers that are on, in the order in which they are asked. Immutable. */
public final class SessionResolvers implements AutoCloseable {

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

    /** Closes those that hold connections of their own. */
    @Override
    public void close() throws Exception {
        for (SessionResolver resolver : byName.values()) {
            if (resolver instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
