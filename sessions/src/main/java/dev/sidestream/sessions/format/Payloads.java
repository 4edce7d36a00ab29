package dev.sidestream.sessions.format;

/** The formats, one reader each. */
public final class Payloads {

    /** Java's object serialization. */
    public static final PayloadReader JAVA = JavaStreamReader::read;

    /** JSON, one value. */
    public static final PayloadReader JSON = JsonReader::read;

    /** Whichever of the two the bytes begin like. */
    public static final PayloadReader JAVA_OR_JSON =
            bytes -> JavaStreamReader.recognizes(bytes) ? JavaStreamReader.read(bytes) : JsonReader.read(bytes);

    /** Python's pickle. */
    public static final PayloadReader PICKLE = PickleReader::read;

    /** MessagePack, one value. */
    public static final PayloadReader MSGPACK = MsgpackReader::read;

    /** Pickle, JSON or MessagePack, perhaps compressed with zlib or gzip. */
    public static final PayloadReader PYTHON = PythonReader::read;

    /** One value of PHP's {@code serialize}. */
    public static final PayloadReader PHP = PhpReader::read;

    /** A session in any of PHP's own three formats. */
    public static final PayloadReader PHP_SESSION = PhpSessionReader::read;

    private Payloads() {}
}
