package dev.sidestream.channel;

import java.nio.charset.StandardCharsets;

/**
 * What travels to channels and groups.
 *
 * @param type tells the receiver what it is, such as {@code chat.kick}; 1 to 100 characters
 * @param body any text, usually JSON; at most 64 KiB in UTF-8, on whose way a surrogate that stands alone becomes a question mark
 */
public record Message(String type, String body) {

    /** The longest body, in bytes of its UTF-8 form. */
    public static final int MAX_BODY = 64 * 1024;

    public Message {
        int characters = Characters.count(type);
        if (characters < 1 || characters > 100) {
            throw new IllegalArgumentException(
                    "A message type has 1 to 100 characters and no surrogate that stands alone (its length: "
                            + type.length() + ")");
        }
        // A character of Java takes three bytes at most, so that most bodies need not be measured.
        if (body.length() > MAX_BODY / 3 && body.getBytes(StandardCharsets.UTF_8).length > MAX_BODY) {
            throw new IllegalArgumentException("A message body has 65536 bytes at most");
        }
    }
}
