package dev.sidestream.sessions.format;

/** Reads one format. Stateless, safe for use by many threads, and bounded by {@link Budget} whatever the bytes are. */
@FunctionalInterface
public interface PayloadReader {

    /** The bytes as a tree; throws nothing else, whatever they are. The bytes are not kept. */
    Node read(byte[] bytes) throws UnreadableException;
}
