package dev.sidestream.ws.consumer;

import dev.sidestream.ws.rights.RoomAccess;
import dev.sidestream.ws.scope.Scope;
import java.util.List;

/** The routes that ship: rooms, and the greeting at {@code /chat/}. */
public final class ShippedRoutes {

    private ShippedRoutes() {}

    public static List<ConsumerRoute> of(RoomServices services) {
        ConsumerRoute rooms = new ConsumerRoute(
                ConsumerRoute.patterns("/chat/{room}/", "/chat/{room}", "/ws/chat/{room}/", "/ws/chat/{room}"),
                () -> new RoomConsumer(services),
                scope -> check(services, scope),
                true,
                false);
        ConsumerRoute greeting = new ConsumerRoute(
                ConsumerRoute.patterns("/chat/", "/ws/chat/"), GreetingConsumer::new, RouteCheck.NONE, false, false);
        return List.of(greeting, rooms);
    }

    private static RouteCheck.Verdict check(RoomServices services, Scope scope) {
        String room = scope.variables().get(Routes.ROOM);
        if (room == null || services.policy().access(scope.user(), room) == RoomAccess.NONE) {
            return RouteCheck.Verdict.FORBIDDEN;
        }
        return RoomQuery.of(scope) == null ? RouteCheck.Verdict.MALFORMED : RouteCheck.Verdict.WELCOME;
    }
}
