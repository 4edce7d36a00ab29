package dev.sidestream.channel.redis.keys;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Makes any text a safe part of a key: the unreserved characters of RFC 3986 section 2.3 stay, every other byte of its UTF-8
 * form becomes {@code %XX}. So no text can hold a brace, a colon or a control character, and no two texts become one.
 */
final class PercentCode {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentCode() {}

    static String encode(String text) {
        int plain = 0;
        while (plain < text.length() && isUnreserved(text.charAt(plain))) {
            plain++;
        }
        return plain == text.length() ? text : encode(text, plain);
    }

    private static String encode(String text, int plain) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, plain);
        for (byte b : text.substring(plain).getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && isUnreserved((char) b)) {
                out.append((char) b);
            } else {
                HEX.toHexDigits(out.append('%'), b);
            }
        }
        return out.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
