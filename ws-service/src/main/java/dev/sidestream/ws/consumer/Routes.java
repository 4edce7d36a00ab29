package dev.sidestream.ws.consumer;

import dev.sidestream.channel.RoomName;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.pattern.PathPattern;

/** All routes of the service, in the order in which they are asked. Immutable. */
public final class Routes {

    /** The variable that names a room, wherever it stands in a pattern; it is normalised, and a bad one matches nothing. */
    public static final String ROOM = "room";

    /**
     * Paths are matched as they stand in the request line and their variables decoded afterwards: a room's name may hold a
     * semicolon, behind which Spring's usual options would see a matrix parameter and drop it.
     */
    static final PathContainer.Options PATH = PathContainer.Options.create('/', false);

    private final List<ConsumerRoute> routes;

    public Routes(List<ConsumerRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    /** Whether any route could match a raw path, room names aside. */
    public boolean covers(String rawPath) {
        PathContainer path = PathContainer.parsePath(rawPath, PATH);
        return routes.stream().anyMatch(route -> route.match(path) != null);
    }

    /** The first route that matches a raw path; null when there is none. */
    public @Nullable Match match(String rawPath) {
        PathContainer path = PathContainer.parsePath(rawPath, PATH);
        for (ConsumerRoute route : routes) {
            PathPattern.PathMatchInfo info = route.match(path);
            if (info != null) {
                Map<String, String> variables = decoded(info.getUriVariables());
                return variables == null ? null : new Match(route, variables);
            }
        }
        return null;
    }

    private static @Nullable Map<String, String> decoded(Map<String, String> raw) {
        Map<String, String> variables = new HashMap<>();
        for (Map.Entry<String, String> variable : raw.entrySet()) {
            String value = decoded(variable.getKey(), variable.getValue());
            if (value == null) {
                return null;
            }
            variables.put(variable.getKey(), value);
        }
        return variables;
    }

    private static @Nullable String decoded(String name, String raw) {
        try {
            String value = UriUtils.decode(raw, StandardCharsets.UTF_8);
            return name.equals(ROOM) ? RoomName.normalise(value) : value;
        } catch (IllegalArgumentException e) {
            return null; // a percent sign without its two digits
        }
    }

    /** A route and the variables of its pattern. */
    public record Match(ConsumerRoute route, Map<String, String> variables) {

        public @Nullable String room() {
            return variables.get(ROOM);
        }
    }
}
