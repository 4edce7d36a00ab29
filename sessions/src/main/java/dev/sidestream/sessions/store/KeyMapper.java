package dev.sidestream.sessions.store;

import java.util.List;

/** Second stage: the keys in Redis under which a session may lie, the likeliest first. */
@FunctionalInterface
public interface KeyMapper {

    List<String> keys(String id);

    /** A prefix with the id behind it. */
    static KeyMapper prefix(String prefix) {
        return id -> List.of(prefix + id);
    }
}
