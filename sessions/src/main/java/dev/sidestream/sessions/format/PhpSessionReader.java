package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.UnreadableException.Reason;

/**
 * Reads a PHP session in any of PHP's three own formats ({@code session.serialize_handler}), told apart by their beginning:
 * {@code php_serialize} (one array), {@code php} (name, bar, value) and {@code php_binary} (length, name, value).
 *
 * <p>Old versions write a variable that is not set without a value, and mark it: with an exclamation mark in front of its
 * name, or the top bit of its length. Those of today have no such mark, but names that begin like one: where a value follows,
 * it is read.
 */
final class PhpSessionReader {

    /** Never part of the length of a name. */
    private static final int UNSET = 0x80;

    private static final int MAX_NAME = 4_096;

    private PhpSessionReader() {}

    /** As {@link PayloadReader#read}; an empty value is a session without variables. */
    static Node read(byte[] bytes) throws UnreadableException {
        Budget.checkSize(bytes);
        if (bytes.length >= 2 && bytes[0] == 'a' && bytes[1] == ':') {
            return PhpReader.read(bytes);
        }
        return bytes.length > 0 && isLength(bytes) ? binary(bytes) : text(bytes);
    }

    /** Whether the first byte is the length of a name that a value follows, which no name of the text format begins with. */
    private static boolean isLength(byte[] bytes) {
        int end = 1 + (bytes[0] & ~UNSET & 0xff);
        if ((bytes[0] & UNSET) != 0) {
            return !hasBarBefore(bytes, Math.min(end, bytes.length)); // or a letter beyond ASCII
        }
        if (bytes[0] < ' ') {
            return true;
        }
        return end + 1 < bytes.length && (bytes[end + 1] == ':' || bytes[end + 1] == ';') && !hasBarBefore(bytes, end);
    }

    private static boolean hasBarBefore(byte[] bytes, int end) {
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '|') {
                return true;
            }
        }
        return false;
    }

    private static Node text(byte[] bytes) throws UnreadableException {
        ByteInput in = new ByteInput(bytes);
        Budget budget = new Budget();
        PhpReader values = new PhpReader(in, budget);
        Struct session = new Struct("");
        while (in.remaining() > 0) {
            budget.node();
            String name = in.utf8Until('|', MAX_NAME);
            if (!name.startsWith("!") || PhpReader.begins(in)) {
                session.put(name, values.value());
            }
        }
        return session;
    }

    private static Node binary(byte[] bytes) throws UnreadableException {
        ByteInput in = new ByteInput(bytes);
        Budget budget = new Budget();
        PhpReader values = new PhpReader(in, budget);
        Struct session = new Struct("");
        while (in.remaining() > 0) {
            budget.node();
            int length = in.u8();
            String name = in.utf8(length & ~UNSET);
            if (length == 0) {
                throw new UnreadableException(Reason.FORMAT);
            }
            if ((length & UNSET) == 0 || PhpReader.begins(in)) {
                session.put(name, values.value());
            }
        }
        return session;
    }
}
