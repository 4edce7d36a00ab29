package dev.sidestream.sessions.ticket;

import dev.sidestream.sessions.SessionRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a ticket stands for, as bytes: version, room, resolver, key, fingerprint, deadline. */
final class TicketContent {

    private static final int VERSION = 1;
    private static final long NO_DEADLINE = Long.MIN_VALUE;

    private TicketContent() {}

    static byte[] write(SessionRef session, String room) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            text(out, room);
            text(out, session.resolver());
            text(out, session.key());
            out.writeLong(session.fingerprint());
            out.writeLong(
                    session.deadline() == null
                            ? NO_DEADLINE
                            : session.deadline().toEpochMilli());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Null when it is for another room. */
    static @Nullable SessionRef read(byte[] bytes, @Nullable String room) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            boolean understood = in.readByte() == VERSION;
            if (!understood || !text(in).equals(room)) {
                return null;
            }
            String resolver = text(in);
            String key = text(in);
            long fingerprint = in.readLong();
            long deadline = in.readLong();
            return new SessionRef(
                    resolver, key, fingerprint, deadline == NO_DEADLINE ? null : Instant.ofEpochMilli(deadline));
        } catch (IOException e) {
            return null;
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
