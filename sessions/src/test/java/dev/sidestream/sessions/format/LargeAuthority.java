package dev.sidestream.sessions.format;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectStreamConstants;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;

/**
 * A security context as Java writes it, though no site would: its authorities are one object of many fields, and as many
 * references to it as fit. Who looks its fields up at each of them is slow.
 */
final class LargeAuthority {

    private static final int FIELDS = 1_200;
    private static final int REFERENCES = 2_500;

    /** The handle of the object: each class, name of a type and object before it has one. */
    private static final int HANDLE = ObjectStreamConstants.baseWireHandle + 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private LargeAuthority() {}

    static byte[] stream() {
        LargeAuthority context = new LargeAuthority();
        try {
            context.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return context.bytes.toByteArray();
    }

    private void write() throws IOException {
        out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
        out.writeShort(ObjectStreamConstants.STREAM_VERSION);
        object("Context", ObjectStreamConstants.SC_SERIALIZABLE, "Lauthentication");
        object("Token", ObjectStreamConstants.SC_SERIALIZABLE, "Zauthenticated", "Lauthorities", "Lprincipal");
        out.writeBoolean(true);
        object("List", ObjectStreamConstants.SC_SERIALIZABLE | ObjectStreamConstants.SC_WRITE_METHOD);
        object(
                "Authority",
                ObjectStreamConstants.SC_SERIALIZABLE,
                IntStream.range(0, FIELDS).mapToObj("Br%03x"::formatted).toArray(String[]::new));
        out.write(new byte[FIELDS]);
        for (int i = 0; i < REFERENCES; i++) {
            out.writeByte(ObjectStreamConstants.TC_REFERENCE);
            out.writeInt(HANDLE);
        }
        out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
        text("mallory");
    }

    /** Its class; the values of its fields follow. */
    private void object(String name, int flags, String... fields) throws IOException {
        out.writeByte(ObjectStreamConstants.TC_OBJECT);
        out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
        out.writeUTF(name);
        out.writeLong(1);
        out.writeByte(flags);
        out.writeShort(fields.length);
        for (String field : fields) {
            out.writeByte(field.charAt(0));
            out.writeUTF(field.substring(1));
            if (field.charAt(0) == 'L') {
                text("Lany;");
            }
        }
        out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
        out.writeByte(ObjectStreamConstants.TC_NULL);
    }

    private void text(String text) throws IOException {
        out.writeByte(ObjectStreamConstants.TC_STRING);
        out.writeUTF(text);
    }
}
