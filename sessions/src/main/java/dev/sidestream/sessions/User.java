package dev.sidestream.sessions;

import java.nio.charset.StandardCharsets;
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
        if (!canBe(id) || !canBe(name)) {
            throw new IllegalArgumentException("A user has an id and a name, and no surrogate stands alone in them");
        }
        roles = Set.copyOf(roles);
    }

    /**
     * Whether a text can be an id or a name: it is not empty, and UTF-8 carries it as it is. A surrogate without its other half
     * would become a question mark on the way.
     */
    public static boolean canBe(String text) {
        return !text.isEmpty() && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
