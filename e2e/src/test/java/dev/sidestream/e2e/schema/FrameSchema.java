package dev.sidestream.e2e.schema;

import com.networknt.schema.Error;
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
import tools.jackson.databind.ObjectMapper;

/** The schema of all frames. Every frame that a client of these tests sees is held against it; safe for many threads. */
public final class FrameSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = JSON.readTree(read(path()));
    private static final SchemaRegistry REGISTRY = registry();
    private static final Map<String, Schema> DEFINITIONS = new ConcurrentHashMap<>();
    private static final Queue<String> VIOLATIONS = new ConcurrentLinkedQueue<>();

    private FrameSchema() {}

    /** What a frame breaks of a definition such as {@code server-ack}; empty when it breaks nothing. */
    public static List<String> problems(String definition, String frame) {
        JsonNode node;
        try {
            node = JSON.readTree(frame);
        } catch (tools.jackson.core.JacksonException e) {
            return List.of("no JSON");
        }
        Schema schema = DEFINITIONS.computeIfAbsent(definition, FrameSchema::load);
        return schema.validate(node).stream().map(Error::toString).toList();
    }

    /** Holds a frame of the server against its own definition, and remembers a violation for {@link #violations()}. */
    public static void observe(String family, String frame) {
        List<String> problems = problems(definitionOf(family, frame), frame);
        if (!problems.isEmpty()) {
            VIOLATIONS.add(problems + " in " + frame.substring(0, Math.min(400, frame.length())));
        }
    }

    /** All frames that broke the schema in this JVM, with what they broke. */
    public static List<String> violations() {
        return List.copyOf(VIOLATIONS);
    }

    /** The names of all definitions, those of single fields too. */
    public static List<String> definitions() {
        return List.copyOf(DOCUMENT.get("$defs").propertyNames());
    }

    /** The single definition where it is known by the type: its complaints say more than those of an alternative. */
    private static String definitionOf(String family, String frame) {
        if (!"server".equals(family)) {
            return family;
        }
        try {
            String name = "server-" + JSON.readTree(frame).path("type").asString("");
            return DOCUMENT.get("$defs").has(name) ? name : family;
        } catch (tools.jackson.core.JacksonException e) {
            return family;
        }
    }

    private static Schema load(String definition) {
        if (!DOCUMENT.get("$defs").has(definition)) {
            throw new IllegalArgumentException("The schema defines no " + definition);
        }
        return REGISTRY.getSchema(SchemaLocation.of(DOCUMENT.get("$id").asString() + "#/$defs/" + definition));
    }

    private static SchemaRegistry registry() {
        String id = DOCUMENT.get("$id").asString();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(id, read(path()))));
    }

    private static Path path() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path schema = folder.resolve("docs/frames.schema.json");
            if (Files.exists(schema)) {
                return schema;
            }
        }
        throw new IllegalStateException(
                "docs/frames.schema.json is in no folder above " + Path.of("").toAbsolutePath());
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
