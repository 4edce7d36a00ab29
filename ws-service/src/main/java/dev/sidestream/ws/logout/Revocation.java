package dev.sidestream.ws.logout;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whose connections are to be closed. */
public sealed interface Revocation {

    /** The shortest text that is taken for a session; a shorter one could be the end of many. */
    int MIN_SESSION = 16;

    /** Longest text, in characters. */
    int MAX_TEXT = 8 * 1024;

    /** All connections of a user, by the id that the site's sessions hold. */
    record OfUser(String id) implements Revocation {}

    /**
     * All connections of one session.
     *
     * @param id as the site knows it, or the token: {@value Revocation#MIN_SESSION} characters at least
     */
    record OfSession(String id) implements Revocation {
        /** Leaves the id out. */
        @Override
        public String toString() {
            return "OfSession";
        }
    }

    /** From {@code {"user": "..."}} or {@code {"session": "..."}}; null when it is neither. */
    static @Nullable Revocation parse(String json) {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(json);
        } catch (JacksonException notJson) {
            return null;
        }
        if (!root.isObject() || root.size() != 1) {
            return null;
        }
        String user = text(root, "user");
        String session = text(root, "session");
        if (user != null) {
            return new OfUser(user);
        }
        return session == null || session.length() < MIN_SESSION ? null : new OfSession(session);
    }

    private static @Nullable String text(JsonNode root, String name) {
        JsonNode value = root.get(name);
        String text = value != null && value.isString() ? value.stringValue() : null;
        return text == null || text.isBlank() || text.length() > MAX_TEXT ? null : text;
    }

    /** As {@link #parse} reads it. */
    default String json() {
        return Json.MAPPER.writeValueAsString(
                switch (this) {
                    case OfUser user -> java.util.Map.of("user", user.id());
                    case OfSession session -> java.util.Map.of("session", session.id());
                });
    }

    /** Reads and writes them. The first use of a mapper takes a lock, which no event loop may wait for: it is over here. */
    final class Json {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();

        static {
            MAPPER.readTree(MAPPER.writeValueAsString(java.util.Map.of("user", "")));
        }

        private Json() {}
    }
}
