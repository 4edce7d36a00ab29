package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.UnreadableException.Reason;

/**
 * Python's encoding {@code raw-unicode-escape}, in which pickles of protocol 0 have their texts: Latin-1, and for all
 * else a backslash with u and four hexadecimal digits, or U and eight. Any other backslash stands for itself, together with the
 * character behind it.
 */
final class RawUnicodeEscape {

    private RawUnicodeEscape() {}

    static String decode(String latin1) throws UnreadableException {
        int backslash = latin1.indexOf('\\');
        if (backslash < 0) {
            return latin1;
        }
        StringBuilder text = new StringBuilder(latin1.length()).append(latin1, 0, backslash);
        int at = backslash;
        while (at < latin1.length()) {
            char kind = latin1.charAt(at) == '\\' && at + 1 < latin1.length() ? latin1.charAt(at + 1) : 0;
            int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
            if (digits > 0) {
                text.appendCodePoint(codePoint(latin1, at + 2, digits));
            } else {
                text.append(latin1, at, at + (kind == 0 ? 1 : 2));
            }
            at += digits > 0 ? 2 + digits : kind == 0 ? 1 : 2;
        }
        return text.toString();
    }

    private static int codePoint(String text, int from, int digits) throws UnreadableException {
        if (from + digits > text.length()) {
            throw new UnreadableException(Reason.TRUNCATED);
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                throw new UnreadableException(Reason.FORMAT);
            }
            value = value << 4 | digit;
        }
        if (!Character.isValidCodePoint(value)) {
            throw new UnreadableException(Reason.FORMAT);
        }
        return value;
    }
}
