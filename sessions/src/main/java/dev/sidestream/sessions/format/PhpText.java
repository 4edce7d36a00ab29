package dev.sidestream.sessions.format;

import org.jspecify.annotations.Nullable;

/** A single text as PHP's {@code serialize} writes it, as its bytes: PHP's texts are bytes, of no encoding that could be known. */
public final class PhpText {

    /** Of a length that is read at all. */
    private static final int MAX_DIGITS = 5;

    private PhpText() {}

    /** A copy of what is inside; null when the bytes are anything else than one text. */
    public static byte @Nullable [] content(byte[] bytes) throws UnreadableException {
        Budget.checkSize(bytes);
        if (bytes.length < 6 || bytes[0] != 's' || bytes[1] != ':') {
            return null;
        }
        int at = 2;
        int length = 0;
        while (at < 2 + MAX_DIGITS && at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            length = length * 10 + bytes[at++] - '0';
        }
        boolean whole = at > 2
                && at + length + 4 == bytes.length
                && bytes[at] == ':'
                && bytes[at + 1] == '"'
                && bytes[bytes.length - 2] == '"'
                && bytes[bytes.length - 1] == ';';
        return whole ? java.util.Arrays.copyOfRange(bytes, at + 2, at + 2 + length) : null;
    }
}
