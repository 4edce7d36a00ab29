package dev.sidestream.ws.support;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Small words that many tests use. */
public final class Talk {

    private Talk() {}

    /** A room that nobody has used. */
    public static String newRoom() {
        return "r-" + UUID.randomUUID() + "/";
    }

    /** The payloads of the next messages, as text. */
    public static List<String> messages(TestClient client, int count) {
        List<String> payloads = new ArrayList<>(count);
        while (payloads.size() < count) {
            JsonNode frame = client.nextJson();
            if (frame.has("id") && frame.has("message")) {
                payloads.add(frame.get("message").asString());
            }
        }
        return payloads;
    }
}
