package dev.sidestream.sessions.spring;

import dev.sidestream.sessions.format.Node;
import dev.sidestream.sessions.format.Node.Blank;
import dev.sidestream.sessions.format.Node.Text;
import dev.sidestream.sessions.format.Struct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at Java's objects, maps and collections alike, whether they came as a Java stream or as JSON with class names. */
final class SpringTree {

    private static final int MAX_WRAPPERS = 4;

    private SpringTree() {}

    /** The class that the writer named; empty when it named none. */
    static String type(Node node) {
        if (node instanceof Struct struct && !struct.type().isEmpty()) {
            return struct.type();
        }
        return node.get("@class") instanceof Text name ? name.value() : "";
    }

    /** What is at a path through fields and map entries; {@link Blank#NULL} where there is nothing. */
    static Node at(Node root, String path) {
        Node node = root;
        for (String name : path.split("\\.", 0)) {
            node = entry(node, name);
        }
        return node;
    }

    /** The field of an object or the entry of a map with that name; {@link Blank#NULL} where there is none. */
    static Node entry(Node node, String name) {
        Node map = node;
        for (int i = 0; i < MAX_WRAPPERS && map.get(name) == Blank.NULL; i++) {
            Node wrapped = map.get("m");
            if (wrapped == Blank.NULL) {
                return mapEntry(map, name);
            }
            map = wrapped;
        }
        return map.get(name);
    }

    /** The maps of java.util write their entries in turn: key, value, key, value. */
    private static Node mapEntry(Node map, String name) {
        if (!(map instanceof Struct struct)) {
            return Blank.NULL;
        }
        if (map.get("k") instanceof Text only && only.value().equals(name)) {
            return map.get("v");
        }
        List<Node> items = struct.items();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            if (items.get(i) instanceof Text key && key.value().equals(name)) {
                return items.get(i + 1);
            }
        }
        return Blank.NULL;
    }

    /** The elements of a collection or an array; empty for anything else. */
    static List<Node> elements(Node node) {
        Node collection = node;
        for (int i = 0; i < MAX_WRAPPERS; i++) {
            Node wrapped = wrapped(collection);
            if (wrapped == null) {
                break;
            }
            collection = wrapped;
        }
        if (collection.get("element") != Blank.NULL) {
            return List.of(collection.get("element"));
        }
        return collection instanceof Struct struct ? struct.items() : List.of();
    }

    private static @Nullable Node wrapped(Node node) {
        for (String field : List.of("c", "list", "a", "s")) {
            if (node.get(field) instanceof Struct inner) {
                return inner;
            }
        }
        // JSON with class names writes a collection as a pair of its class and its elements.
        boolean pair = node instanceof Struct struct
                && struct.items().size() == 2
                && struct.items().get(0) instanceof Text
                && struct.items().get(1) instanceof Struct;
        return pair ? ((Struct) node).items().get(1) : null;
    }

    /** A scalar out of the pair of class and value that some JSON serializers write for it, such as ["java.lang.Long", 42]. */
    static Node scalar(Node node) {
        boolean typed = node instanceof Struct pair
                && pair.type().isEmpty()
                && pair.items().size() == 2
                && pair.items().get(0) instanceof Text type
                && isClassName(type.value())
                && !(pair.items().get(1) instanceof Struct);
        return typed ? ((Struct) node).items().get(1) : node;
    }

    /** What a user can be called by, be it written with its class or without; null for all else. */
    static @Nullable String identifier(Node node) {
        return scalar(node).identifier();
    }

    private static boolean isClassName(String text) {
        return text.indexOf('.') > 0 && text.chars().allMatch(c -> c == '.' || Character.isJavaIdentifierPart(c));
    }
}
