package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class as a Java stream describes it: names only, nothing is loaded. The flags are those of the Java Object Serialization
 * Specification, section 6.4.2.
 *
 * @param depth how many classes it extends, itself included
 */
record JavaClass(
        String name,
        int flags,
        List<Field> fields,
        @Nullable JavaClass parent,
        int depth) {

    private static final int WRITE_METHOD = 0x01;
    private static final int SERIALIZABLE = 0x02;
    private static final int EXTERNALIZABLE = 0x04;
    private static final int BLOCK_DATA = 0x08;

    /** A field; the type is the first character of its descriptor. */
    record Field(char type, String name) {}

    static JavaClass of(String name, int flags, List<Field> fields, @Nullable JavaClass parent)
            throws UnreadableException {
        int depth = parent == null ? 1 : parent.depth() + 1;
        if (depth > Budget.MAX_DEPTH) {
            throw new UnreadableException(Reason.TOO_DEEP);
        }
        if ((flags & EXTERNALIZABLE) != 0 && ((flags & BLOCK_DATA) == 0 || !fields.isEmpty())) {
            // Protocol version 1 or nonsense: only the class itself would know where its data end.
            throw new UnreadableException(Reason.FORMAT);
        }
        return new JavaClass(name, flags, fields, parent, depth);
    }

    /** Whether its fields are in the stream. */
    boolean hasFields() {
        return (flags & SERIALIZABLE) != 0;
    }

    /** Whether data that its own code wrote follow its fields. */
    boolean hasCustomData() {
        return hasFields() ? (flags & WRITE_METHOD) != 0 : (flags & EXTERNALIZABLE) != 0;
    }
}
