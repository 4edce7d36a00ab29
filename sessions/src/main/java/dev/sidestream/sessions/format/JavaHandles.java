package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.util.ArrayList;
import java.util.List;

/** What a Java stream has numbered so far, for its back references. Each entry was paid for in the {@link Budget}. */
final class JavaHandles {

    /** The first number (Java Object Serialization Specification, section 6.4.2, baseWireHandle). */
    private static final int BASE = 0x7E_0000;

    private final List<Object> entries = new ArrayList<>();

    /** Numbers a value before its parts are read, so that they can refer to it. */
    <T extends Node> T add(T node) {
        entries.add(node);
        return node;
    }

    /** Takes the next number for a class whose description is not complete yet. */
    int reserve() {
        entries.add(Node.Blank.OPAQUE);
        return entries.size() - 1;
    }

    void describe(int reserved, JavaClass description) {
        entries.set(reserved, description);
    }

    Node node(int handle) throws UnreadableException {
        return entry(handle) instanceof Node node ? node : Node.Blank.OPAQUE;
    }

    JavaClass type(int handle) throws UnreadableException {
        if (entry(handle) instanceof JavaClass type) {
            return type;
        }
        throw new UnreadableException(Reason.FORMAT);
    }

    private Object entry(int handle) throws UnreadableException {
        int index = handle - BASE;
        if (index < 0 || index >= entries.size()) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return entries.get(index);
    }
}
