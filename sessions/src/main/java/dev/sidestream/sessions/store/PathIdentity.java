package dev.sidestream.sessions.store;

import dev.sidestream.sessions.User;
import dev.sidestream.sessions.format.Node;
import dev.sidestream.sessions.format.Struct;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the user at paths of names joined by dots. Whoever has no id there, or zero, is nobody.
 *
 * @param ids where the id may be; the first that is there counts
 * @param names where the name may be; the id is the name where none is there
 * @param roles where the roles are, a list or one; none when null
 */
public record PathIdentity(
        List<String> ids, List<String> names, @Nullable String roles) implements IdentityRule {

    public PathIdentity {
        ids = List.copyOf(ids);
        names = List.copyOf(names);
    }

    /** As configured: an id, and perhaps a name. */
    public static PathIdentity of(String id, @Nullable String name) {
        return new PathIdentity(List.of(id), name == null ? List.of() : List.of(name), null);
    }

    @Override
    public @Nullable Identity identify(Node session) {
        String id = first(session, ids);
        if (id == null) {
            return null;
        }
        String name = first(session, names);
        return new Identity(new User(id, name == null ? id : name, roles(session)));
    }

    private static @Nullable String first(Node session, List<String> paths) {
        for (String path : paths) {
            String found = session.at(path).identifier();
            if (found != null && !found.equals("0")) {
                return found;
            }
        }
        return null;
    }

    private Set<String> roles(Node session) {
        if (roles == null) {
            return Set.of();
        }
        Node at = session.at(roles);
        Stream<Node> candidates = at instanceof Struct struct
                ? Stream.concat(struct.items().stream(), struct.values().stream())
                : Stream.of(at);
        return candidates
                .filter(Node.Text.class::isInstance)
                .map(text -> ((Node.Text) text).value())
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
    }
}
