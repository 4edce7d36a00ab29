package dev.sidestream.e2e.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A text frame that a client has received.
 *
 * @param text as it came
 * @param json the same, read
 */
public record Frame(String text, JsonNode json) {

    static final ObjectMapper JSON = new ObjectMapper();

    static Frame of(String text) {
        return new Frame(text, JSON.readTree(text));
    }

    /** The type in full mode, empty in plain mode. */
    public String type() {
        return json.path("type").asString("");
    }

    public boolean is(String type) {
        return type.equals(type());
    }

    /** A field as text; null when it is missing or null. */
    public @Nullable String get(String field) {
        JsonNode node = json.path(field);
        return node.isMissingNode() || node.isNull() ? null : node.asString(node.toString());
    }

    public long number(String field) {
        return json.path(field).asLong();
    }

    /** The payload of a message, as JSON. */
    public JsonNode message() {
        return json.path("message");
    }
}
