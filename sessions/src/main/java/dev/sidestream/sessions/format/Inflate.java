package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.UnreadableException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/** Undoes compression, up to the bound of what is read at all. */
final class Inflate {

    private Inflate() {}

    static boolean isZlib(byte[] bytes) {
        // RFC 1950, section 2.2: method 8, a window of at most 2^15 bytes and a check of the first two bytes.
        return bytes.length > 2
                && bytes[0] >= 0
                && (bytes[0] & 0x0f) == 8
                && (((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff)) % 31 == 0;
    }

    static boolean isGzip(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    /** Gives the bytes back as they are when none comes out of them: they only begin as if they were compressed. */
    static byte[] zlib(byte[] bytes) throws UnreadableException {
        Budget.checkSize(bytes);
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes);
            byte[] out = new byte[Budget.MAX_BYTES + 1];
            int length = 0;
            while (!inflater.finished() && length < out.length) {
                int count = inflater.inflate(out, length, out.length - length);
                if (count == 0 && !inflater.finished()) {
                    if (length == 0) {
                        return bytes;
                    }
                    throw new UnreadableException(Reason.TRUNCATED);
                }
                length += count;
            }
            return checked(out, length);
        } catch (DataFormatException e) {
            if (inflater.getBytesWritten() == 0) {
                return bytes;
            }
            throw new UnreadableException(Reason.FORMAT);
        } finally {
            inflater.end();
        }
    }

    static byte[] gzip(byte[] bytes) throws UnreadableException {
        Budget.checkSize(bytes);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] out = in.readNBytes(Budget.MAX_BYTES + 1);
            return checked(out, out.length);
        } catch (IOException e) {
            throw new UnreadableException(Reason.FORMAT);
        }
    }

    private static byte[] checked(byte[] out, int length) throws UnreadableException {
        if (length > Budget.MAX_BYTES) {
            throw new UnreadableException(Reason.TOO_LARGE);
        }
        return java.util.Arrays.copyOf(out, length);
    }
}
