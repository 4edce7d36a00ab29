package dev.sidestream.sessions.format;

/** Reads what Python frameworks store, told apart by its beginning: pickle, JSON or MessagePack, perhaps compressed. */
final class PythonReader {

    private static final int PICKLE = 0x80;
    private static final int MAX_PICKLE_PROTOCOL = 5;

    private PythonReader() {}

    /** As {@link PayloadReader#read}. */
    static Node read(byte[] bytes) throws UnreadableException {
        if (Inflate.isGzip(bytes)) {
            return plain(Inflate.gzip(bytes));
        }
        return Inflate.isZlib(bytes) ? plain(Inflate.zlib(bytes)) : plain(bytes);
    }

    private static Node plain(byte[] bytes) throws UnreadableException {
        if (bytes.length >= 2 && (bytes[0] & 0xff) == PICKLE && bytes[1] >= 2 && bytes[1] <= MAX_PICKLE_PROTOCOL) {
            return PickleReader.read(bytes);
        }
        // Protocols 0 and 1 have no header; a dict begins like this, or one of collections.
        if (bytes.length > 1 && (bytes[0] == '(' || bytes[0] == '}' || (bytes[0] == 'c' && bytes[1] == 'c'))) {
            return PickleReader.read(bytes);
        }
        return bytes.length > 0 && bytes[0] == '{' ? JsonReader.read(bytes) : MsgpackReader.read(bytes);
    }
}
