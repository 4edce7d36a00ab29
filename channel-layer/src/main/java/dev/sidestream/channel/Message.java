package dev.sidestream.channel;

/**
 * What travels to channels and groups.
 *
 * @param type tells the receiver what it is, such as {@code chat.kick}; 1 to 100 characters
 * @param body any text, usually JSON; at most 64 KiB in UTF-8
 */
public record Message(String type, String body) {

    public Message {
        if (type.isEmpty() || type.length() > 100) {
            throw new IllegalArgumentException("A message type has 1 to 100 characters, this one has " + type.length());
        }
    }
}
