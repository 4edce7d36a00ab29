package dev.sidestream.channel;

/**
 * Counts texts as everybody else does, in characters of Unicode, and tells which of them UTF-8 can carry: Java's UTF-16 may hold a
 * surrogate without its other half, which would become a question mark on the way, so that two texts became one.
 */
public final class Characters {

    private Characters() {}

    /** Characters of Unicode in the text; -1 when a surrogate stands alone in it. */
    public static int count(String text) {
        int count = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == length || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return -1;
                }
                i++;
            }
            count++;
        }
        return count;
    }

    /** Whether UTF-8 carries the text as it is. */
    public static boolean areWhole(String text) {
        return count(text) >= 0;
    }
}
