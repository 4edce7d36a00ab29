package dev.sidestream.ws.support;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds frames of the server against {@code docs/frames.schema.json}. Safe for use by many threads. */
final class FrameSchema {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<String, Schema> FAMILIES = new ConcurrentHashMap<>();
    private static final Queue<String> VIOLATIONS = new ConcurrentLinkedQueue<>();

    private FrameSchema() {}

    /** Remembers a frame that is none of the family, {@code server} or {@code plain-server}. */
    static void check(String family, String frame) {
        Schema schema = FAMILIES.computeIfAbsent(family, FrameSchema::load);
        schema.validate(JSON.readTree(frame)).forEach(problem -> VIOLATIONS.add(problem + " in " + frame));
    }

    /** Remembers what no schema of one frame can say. */
    static void violated(String what) {
        VIOLATIONS.add(what);
    }

    static List<String> violations() {
        return List.copyOf(VIOLATIONS);
    }

    private static Schema load(String family) {
        String text = read(Path.of("../docs/frames.schema.json"));
        JsonNode document = JSON.readTree(text);
        String id = document.get("$id").asString();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(id, text)));
        return registry.getSchema(SchemaLocation.of(id + "#/$defs/" + family));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
