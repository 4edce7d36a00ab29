package dev.sidestream.channel;

/**
 * Whether bytes are one JSON value: RFC 8259 in well-formed UTF-8, 32 levels deep at most, white space around it allowed. Nothing
 * is built; each byte is looked at once. Safe for many threads.
 */
public final class JsonValue {

    /** How deep arrays and objects may lie in one another. */
    public static final int MAX_DEPTH = 32;

    private final byte[] json;
    private int at;

    private JsonValue(byte[] json) {
        this.json = json;
    }

    /** Whether the bytes are exactly one value. */
    public static boolean isOne(byte[] json) {
        JsonValue reader = new JsonValue(json);
        return reader.value(MAX_DEPTH) && reader.peek() < 0;
    }

    /** The next byte that is no white space, not taken; -1 at the end. */
    private int peek() {
        while (at < json.length) {
            byte b = json[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xff;
            }
            at++;
        }
        return -1;
    }

    private boolean takes(char expected) {
        if (peek() == expected) {
            at++;
            return true;
        }
        return false;
    }

    private boolean value(int depth) {
        return switch (peek()) {
            case '"' -> string();
            case '{' -> depth > 0 && object(depth - 1);
            case '[' -> depth > 0 && array(depth - 1);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean object(int depth) {
        at++;
        if (takes('}')) {
            return true;
        }
        do {
            if (peek() != '"' || !string() || !takes(':') || !value(depth)) {
                return false;
            }
        } while (takes(','));
        return takes('}');
    }

    private boolean array(int depth) {
        at++;
        if (takes(']')) {
            return true;
        }
        do {
            if (!value(depth)) {
                return false;
            }
        } while (takes(','));
        return takes(']');
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at == json.length || json[at++] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        skip('-');
        if (!skip('0') && !digits()) {
            return false;
        }
        if (skip('.') && !digits()) {
            return false;
        }
        if (!skip('e') && !skip('E')) {
            return true;
        }
        if (!skip('+')) {
            skip('-');
        }
        return digits();
    }

    private boolean skip(char c) {
        if (at < json.length && json[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private boolean digits() {
        int first = at;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at > first;
    }

    private boolean string() {
        at++;
        while (at < json.length) {
            int b = json[at++];
            if (b == '"') {
                return true;
            }
            if (b == '\\' ? !escape() : b < 0 ? !several(b & 0xff) : b < ' ') {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at == json.length) {
            return false;
        }
        int b = json[at++];
        if (b != 'u') {
            return b > 0 && "\"\\/bfnrt".indexOf(b) >= 0;
        }
        for (int i = 0; i < 4; i++) {
            if (at == json.length || Character.digit(json[at++], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The rest of a character of two to four bytes (RFC 3629: the shortest form, no surrogate, nothing beyond U+10FFFF). */
    private boolean several(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return false;
        }
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        for (int i = 0; i < more; i++) {
            int b = at < json.length ? json[at++] & 0xff : 0;
            if (b < low || b > high) {
                return false;
            }
            low = 0x80;
            high = 0xbf;
        }
        return true;
    }
}
