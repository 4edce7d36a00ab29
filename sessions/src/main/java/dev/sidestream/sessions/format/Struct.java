package dev.sidestream.sessions.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Named fields and ordered items, of which any object, map, list or array is made. Filled by a reader, unchanged afterwards.
 * Fields are looked up one by one: no hash table, so no colliding names that make it slow, and little memory.
 */
public final class Struct implements Node {

    private final String type;
    private @Nullable List<String> names;
    private @Nullable List<Node> values;
    private @Nullable List<Node> items;

    /**
     * Made by a reader, or by a test.
     *
     * @param type the class that the writer named, as plain text; empty where the format names none
     */
    public Struct(String type) {
        this.type = type;
    }

    /** The class that the writer named, as plain text; empty where the format names none. */
    public String type() {
        return type;
    }

    /** Adds a field; of two with one name the later counts. */
    public void put(String name, Node value) {
        if (names == null || values == null) {
            names = new ArrayList<>(4);
            values = new ArrayList<>(4);
        }
        names.add(name);
        values.add(value);
    }

    /** Adds an entry of a map; one whose key is neither text nor a whole number is left out. */
    void put(Node key, Node value) {
        if (key instanceof Text text) {
            put(text.value(), value);
        } else if (key instanceof Whole whole) {
            put(Long.toString(whole.value()), value);
        }
    }

    /** Adds an item. */
    public void add(Node item) {
        if (items == null) {
            items = new ArrayList<>(4);
        }
        items.add(item);
    }

    @Override
    public Node get(String name) {
        if (names != null && values != null) {
            int index = names.lastIndexOf(name);
            return index < 0 ? Blank.NULL : values.get(index);
        }
        return Blank.NULL;
    }

    /** The field names in their order; empty for a plain list. */
    public List<String> names() {
        return names == null ? List.of() : names;
    }

    /** The values of the fields, in the order of {@link #names()}. */
    public List<Node> values() {
        return values == null ? List.of() : values;
    }

    /** The items in their order; empty for an object without any. */
    public List<Node> items() {
        return items == null ? List.of() : items;
    }

    /** The value inside, if this is one of Java's boxed values; else {@link Blank#OPAQUE}. */
    Node unboxed() {
        return switch (type) {
            case "java.lang.Long", "java.lang.Integer", "java.lang.Short", "java.lang.Byte", "java.lang.Boolean" ->
                get("value");
            default -> Blank.OPAQUE;
        };
    }
}
