package dev.sidestream.ws.session;

import dev.sidestream.channel.Characters;
import java.util.Set;

/**
 * Who a session belongs to.
 *
 * @param id what the site calls the user by; never empty, and a text that UTF-8 can carry, like the name, so that no two users
 *     become one in Redis
 * @param name what other members see; the id where the session holds no name
 * @param roles the site's roles or authorities, in its own spelling; empty where the session holds none
 */
public record User(String id, String name, Set<String> roles) {

    public User {
        if (Characters.count(id) < 1 || Characters.count(name) < 1) {
            throw new IllegalArgumentException("A user has an id and a name, and no surrogate stands alone in them");
        }
        roles = Set.copyOf(roles);
    }
}
