package dev.sidestream.sessions.store;

import java.nio.charset.StandardCharsets;

/** Undoes {@code encodeURIComponent}; unlike forms, a plus is a plus. */
public final class PercentDecoding {

    private PercentDecoding() {}

    /** The text itself when it is not encoded well. */
    public static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length() * 3];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
                if (low < 0) {
                    return text;
                }
                bytes[count++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c < 0x80) {
                bytes[count++] = (byte) c;
            } else {
                return text;
            }
        }
        return new String(bytes, 0, count, StandardCharsets.UTF_8);
    }
}
