package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the class descriptions of a Java stream. */
final class JavaClassReader {

    private static final int NULL = 0x70;
    private static final int REFERENCE = 0x71;
    private static final int CLASS_DESCRIPTION = 0x72;
    private static final int STRING = 0x74;
    private static final int LONG_STRING = 0x7C;
    private static final int PROXY_DESCRIPTION = 0x7D;

    /** SC_SERIALIZABLE: a proxy's only field is the one it inherits from {@code java.lang.reflect.Proxy}. */
    private static final int PROXY_FLAGS = 0x02;

    private final ByteInput in;
    private final Budget budget;
    private final JavaHandles handles;
    private final Annotations annotations;

    /** Passes over what class loaders wrote behind a description; usually nothing. */
    @FunctionalInterface
    interface Annotations {
        void skip() throws UnreadableException;
    }

    JavaClassReader(ByteInput in, Budget budget, JavaHandles handles, Annotations annotations) {
        this.in = in;
        this.budget = budget;
        this.handles = handles;
        this.annotations = annotations;
    }

    /** The class of an object; there must be one. */
    JavaClass read(int tag) throws UnreadableException {
        JavaClass type = readOrNull(tag);
        if (type == null) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return type;
    }

    private @Nullable JavaClass readOrNull(int tag) throws UnreadableException {
        budget.node();
        budget.enter();
        JavaClass type = switch (tag) {
            case NULL -> null;
            case REFERENCE -> handles.type(in.i32());
            case CLASS_DESCRIPTION -> description();
            case PROXY_DESCRIPTION -> proxy();
            default -> throw new UnreadableException(Reason.FORMAT);
        };
        budget.leave();
        return type;
    }

    private JavaClass description() throws UnreadableException {
        String name = ModifiedUtf8.read(in, in.u16());
        in.skip(Long.BYTES); // serialVersionUID: any version will do
        int handle = handles.reserve();
        int flags = in.u8();
        int count = in.u16();
        budget.nodes(count);
        List<JavaClass.Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add(field());
        }
        return complete(handle, name, flags, fields);
    }

    private JavaClass.Field field() throws UnreadableException {
        char type = (char) in.u8();
        String name = ModifiedUtf8.read(in, in.u16());
        if (type == 'L' || type == '[') {
            typeName(in.u8());
        }
        return new JavaClass.Field(type, name);
    }

    /** The name of a field's class is a string of the stream: numbered, and possibly a reference to an earlier one. */
    private void typeName(int tag) throws UnreadableException {
        switch (tag) {
            case REFERENCE -> {
                if (!(handles.node(in.i32()) instanceof Node.Text)) {
                    throw new UnreadableException(Reason.FORMAT);
                }
            }
            case STRING -> handles.add(new Node.Text(ModifiedUtf8.read(in, in.u16())));
            case LONG_STRING -> handles.add(new Node.Text(ModifiedUtf8.read(in, in.i64())));
            default -> throw new UnreadableException(Reason.FORMAT);
        }
    }

    private JavaClass proxy() throws UnreadableException {
        int handle = handles.reserve();
        int interfaces = in.i32();
        budget.nodes(interfaces);
        for (int i = 0; i < interfaces; i++) {
            in.skip(in.u16());
        }
        return complete(handle, "", PROXY_FLAGS, List.of());
    }

    private JavaClass complete(int handle, String name, int flags, List<JavaClass.Field> fields)
            throws UnreadableException {
        annotations.skip();
        JavaClass type = JavaClass.of(name, flags, fields, readOrNull(in.u8()));
        handles.describe(handle, type);
        return type;
    }
}
