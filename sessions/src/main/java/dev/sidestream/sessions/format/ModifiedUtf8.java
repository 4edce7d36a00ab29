package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.UnreadableException.Reason;

/** The text encoding of Java streams: as {@link java.io.DataInput#readUTF} describes it, zero and surrogates apart. */
final class ModifiedUtf8 {

    private ModifiedUtf8() {}

    static String read(ByteInput in, long length) throws UnreadableException {
        byte[] bytes = in.copy(length);
        char[] chars = new char[bytes.length];
        int count = 0;
        for (int i = 0; i < bytes.length; count++) {
            int first = bytes[i] & 0xff;
            if (first < 0x80) {
                chars[count] = (char) first;
                i++;
            } else if (first >> 5 == 0b110) {
                chars[count] = (char) ((first & 0x1f) << 6 | continuation(bytes, i + 1));
                i += 2;
            } else if (first >> 4 == 0b1110) {
                chars[count] =
                        (char) ((first & 0x0f) << 12 | continuation(bytes, i + 1) << 6 | continuation(bytes, i + 2));
                i += 3;
            } else {
                throw new UnreadableException(Reason.FORMAT);
            }
        }
        return new String(chars, 0, count);
    }

    private static int continuation(byte[] bytes, int index) throws UnreadableException {
        if (index >= bytes.length || (bytes[index] & 0xc0) != 0x80) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return bytes[index] & 0x3f;
    }
}
