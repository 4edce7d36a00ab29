package dev.sidestream.ws.scope;

import dev.sidestream.sessions.User;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection when it opens.
 *
 * @param user who it belongs to
 * @param clientAddress the visitor's address as the trusted proxy saw it
 * @param path the path of the request, decoded
 * @param variables the variables of the route's pattern, decoded; a room's name is normalised
 * @param query the parameters of the query, in their order
 * @param headers the request's headers by lower-case name, without the secrets (cookie, authorization); empty for a route that
 *     does not keep them
 */
public record Scope(
        User user,
        String clientAddress,
        String path,
        Map<String, String> variables,
        Map<String, List<String>> query,
        Map<String, List<String>> headers) {

    public Scope {
        variables = Map.copyOf(variables);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** A variable of the route's pattern, such as {@code room}; null when the pattern has none of that name. */
    public @Nullable String variable(String name) {
        return variables.get(name);
    }

    /** The first value of a query parameter; null when it is absent. */
    public @Nullable String parameter(String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }
}
