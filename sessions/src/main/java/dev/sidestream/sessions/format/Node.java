package dev.sidestream.sessions.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A value of a session as inert data. Parts of it may be shared, and a hostile one may contain itself: who walks it counts
 * its steps.
 */
public sealed interface Node permits Node.Text, Node.Whole, Node.Real, Node.Truth, Node.Bytes, Node.Blank, Struct {

    /** A string. */
    record Text(String value) implements Node {}

    /** A whole number. */
    record Whole(long value) implements Node {}

    /** A number with a fraction, or one beyond 64 bits. */
    record Real(double value) implements Node {}

    /** A boolean. */
    record Truth(boolean value) implements Node {}

    /** Raw bytes; not copied, not to be changed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] value) implements Node {}

    /** No value. */
    enum Blank implements Node {
        /** The format's null. */
        NULL,
        /** Something that no identity depends on and that is not kept. */
        OPAQUE
    }

    /**
     * The value as what a user can be called by: a string that is not empty and that UTF-8 can carry, or a whole number; null for
     * all else.
     */
    default @Nullable String identifier() {
        return switch (this) {
            case Text text -> !text.value().isEmpty() && isWhole(text.value()) ? text.value() : null;
            case Whole whole -> Long.toString(whole.value());
            case Struct struct -> struct.unboxed() instanceof Whole boxed ? Long.toString(boxed.value()) : null;
            case Real real -> null;
            case Truth truth -> null;
            case Bytes bytes -> null;
            case Blank blank -> null;
        };
    }

    /** Whether no surrogate stands alone in the text: it would become a question mark in Redis, and two users one. */
    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Whether this is the boolean true, as itself or boxed. */
    default boolean isTrue() {
        Node value = this instanceof Struct struct ? struct.unboxed() : this;
        return value instanceof Truth truth && truth.value();
    }

    /** The named part; {@link Blank#NULL} where there is none. */
    default Node get(String name) {
        return Blank.NULL;
    }

    /** The part at a path of names joined by dots; {@link Blank#NULL} where there is none. */
    default Node at(String path) {
        Node node = this;
        for (String name : path.split("\\.", 0)) {
            node = node.get(name);
        }
        return node;
    }
}
