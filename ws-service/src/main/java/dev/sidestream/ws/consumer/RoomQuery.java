package dev.sidestream.ws.consumer;

import dev.sidestream.channel.Position;
import dev.sidestream.ws.scope.Scope;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in the room's history a connection wants to begin.
 *
 * @param since after this; null for the present
 * @param history with the last so many; 0 for none
 */
record RoomQuery(@Nullable Position since, int history) {

    private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

    /** Reads {@code since} and {@code history}; {@code since} decides when both are given. Null when either is malformed. */
    static @Nullable RoomQuery of(Scope scope) {
        String since = scope.parameter("since");
        String history = scope.parameter("history");
        if (history != null && !COUNT.matcher(history).matches()) {
            return null;
        }
        if (since == null || since.isEmpty()) {
            return new RoomQuery(null, history == null ? 0 : Integer.parseInt(history));
        }
        Position position = Position.parse(since);
        return position == null ? null : new RoomQuery(position, 0);
    }
}
