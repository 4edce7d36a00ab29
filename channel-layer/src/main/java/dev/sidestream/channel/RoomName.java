package dev.sidestream.channel;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * The names of rooms and groups: 1 to 100 characters, each a letter or digit of any script, a mark on a letter (such as the
 * vowel signs of Devanagari; eight on one letter at most), or one of {@code _ - = @ , . ;}, in Unicode normalisation form C.
 * Two spellings of one text are one name.
 */
public final class RoomName {

    /** The longest name, in Unicode characters. */
    public static final int MAX_LENGTH = 100;

    private static final String PUNCTUATION = "_-=@,.;";

    /** Longer texts are refused before they are normalised; none of them can become short enough. */
    private static final int MAX_RAW = 4 * MAX_LENGTH;

    /** No script stacks more on one letter. */
    private static final int MAX_MARKS = 8;

    private RoomName() {}

    /** The name in its one spelling, or null when the text is no name. */
    public static @Nullable String normalise(String text) {
        if (text.equals(".") || text.equals("..")) {
            return null; // steps of a path, which no URL can hold as a name
        }
        if (isPlain(text)) {
            return text;
        }
        if (text.isEmpty() || text.length() > MAX_RAW) {
            return null;
        }
        String name = Normalizer.normalize(text, Normalizer.Form.NFC);
        boolean fits = name.codePointCount(0, name.length()) <= MAX_LENGTH;
        return fits && isAllowed(name) ? name : null;
    }

    /**
     * The name in its one spelling.
     *
     * @throws IllegalArgumentException when the text is no name; the message does not repeat it
     */
    public static String require(String text) {
        String name = normalise(text);
        if (name == null) {
            throw new IllegalArgumentException("A room or group name is 1 to " + MAX_LENGTH
                    + " letters, digits and marks of any script, or _ - = @ , . ; (this text has " + text.length()
                    + " characters)");
        }
        return name;
    }

    /** Most names: they need no look into Unicode's tables. */
    private static boolean isPlain(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && PUNCTUATION.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(String name) {
        boolean onLetter = false;
        int marks = 0;
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            i += Character.charCount(c);
            if (isInvisible(c)) {
                return false;
            }
            if (isMark(c)) {
                if (!onLetter || ++marks > MAX_MARKS) {
                    return false; // it would be drawn over what precedes the name, or far out of the line
                }
            } else if (Character.isLetterOrDigit(c)) {
                onLetter = Character.isLetter(c);
                marks = 0;
            } else if (PUNCTUATION.indexOf(c) >= 0) {
                onLetter = false;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /**
     * Letters and marks to Unicode, nothing to the eye, so that two names could look alike: its property
     * Default_Ignorable_Code_Point, as far as it holds letters and marks.
     */
    private static boolean isInvisible(int c) {
        boolean filler = c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
        boolean joiner = c == 0x034F || c == 0x17B4 || c == 0x17B5;
        boolean selector =
                (c >= 0x180B && c <= 0x180F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
        return filler || joiner || selector;
    }
}
