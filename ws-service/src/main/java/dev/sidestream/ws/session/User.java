package dev.sidestream.ws.session;

import java.util.Set;

/**
 * Who a session belongs to.
 *
 * @param id what the site calls the user by; never empty
 * @param name what other members see; the id where the session holds no name
 * @param roles the site's roles or authorities, in its own spelling; empty where the session holds none
 */
public record User(String id, String name, Set<String> roles) {

    public User {
        if (id.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("A user has an id and a name");
        }
        roles = Set.copyOf(roles);
    }
}
