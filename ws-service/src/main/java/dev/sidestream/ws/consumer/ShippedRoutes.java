package dev.sidestream.ws.consumer;

import dev.sidestream.ws.connection.Scope;
import dev.sidestream.ws.room.RoomAccess;
import java.util.List;

/** The routes that ship: rooms, and the greeting at {@code /chat/}. */
public final class ShippedRoutes {

    private ShippedRoutes() {}

    public static List<ConsumerRoute> of(RoomEnv env) {
        ConsumerRoute rooms = new ConsumerRoute(
                ConsumerRoute.patterns("/chat/{room}/", "/chat/{room}", "/ws/chat/{room}/", "/ws/chat/{room}"),
                () -> new RoomConsumer(env),
                scope -> check(env, scope),
                true,
                false);
        ConsumerRoute greeting = new ConsumerRoute(
                ConsumerRoute.patterns("/chat/", "/ws/chat/"), GreetingConsumer::new, RouteCheck.NONE, false, false);
        return List.of(greeting, rooms);
    }

    private static RouteCheck.Verdict check(RoomEnv env, Scope scope) {
        String room = scope.variables().get(Routes.ROOM);
        if (room == null || env.policy().access(scope.user(), room) == RoomAccess.NONE) {
            return RouteCheck.Verdict.FORBIDDEN;
        }
        return RoomQuery.of(scope) == null ? RouteCheck.Verdict.MALFORMED : RouteCheck.Verdict.WELCOME;
    }
}
