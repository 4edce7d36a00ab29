package dev.sidestream.ws.consumer;

import dev.sidestream.channel.RoomName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/** All routes of the service, in the order in which they are asked. Immutable. */
public final class Routes {

    /** The variable that names a room, wherever it stands in a pattern; it is normalised, and a bad one matches nothing. */
    public static final String ROOM = "room";

    private final List<ConsumerRoute> routes;

    public Routes(List<ConsumerRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    /** Whether any route could match, room names aside. */
    public boolean covers(PathContainer path) {
        return routes.stream().anyMatch(route -> route.match(path) != null);
    }

    /** The first route that matches; null when there is none. */
    public @Nullable Match match(PathContainer path) {
        for (ConsumerRoute route : routes) {
            PathPattern.PathMatchInfo info = route.match(path);
            if (info != null) {
                Map<String, String> variables = normalised(info.getUriVariables());
                return variables == null ? null : new Match(route, variables);
            }
        }
        return null;
    }

    private static @Nullable Map<String, String> normalised(Map<String, String> variables) {
        String room = variables.get(ROOM);
        if (room == null) {
            return variables;
        }
        String name = RoomName.normalise(room);
        if (name == null) {
            return null;
        }
        Map<String, String> copy = new HashMap<>(variables);
        copy.put(ROOM, name);
        return copy;
    }

    /** A route and the variables of its pattern. */
    public record Match(ConsumerRoute route, Map<String, String> variables) {

        public @Nullable String room() {
            return variables.get(ROOM);
        }
    }
}
