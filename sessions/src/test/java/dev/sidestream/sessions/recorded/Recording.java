package dev.sidestream.sessions.recorded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real site left in the browser and in Redis, as {@code e2e/sites/record} wrote it down. */
public record Recording(JsonNode json) {

    /** What was there at one moment. */
    public record Moment(String cookies, Map<String, byte[]> keys) {}

    public static Recording of(String name) {
        try (InputStream in = Recording.class.getResourceAsStream("/sessions/" + name + ".json")) {
            return new Recording(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before anybody logged in. */
    public Moment anonymous() {
        return moment("anonymous");
    }

    public Moment login() {
        return moment("login");
    }

    /** After the logout; the cookie is the one of the login. */
    public Moment logout() {
        return moment("logout");
    }

    /** What the site itself said the user was. */
    public String user(String field) {
        return json.at("/user/" + field).asString();
    }

    /** With what the site ran. */
    public String setting(String name) {
        return json.get("settings").get(name).asString();
    }

    private Moment moment(String name) {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        json.at("/" + name + "/keys")
                .properties()
                .forEach(key -> keys.put(
                        key.getKey(), Base64.getDecoder().decode(key.getValue().asString())));
        return new Moment(json.at("/" + name + "/cookies").asString(), keys);
    }
}
