package dev.sidestream.ws.session.format;

/** The formats, one reader each. */
public final class Payloads {

    /** Java's object serialization. */
    public static final PayloadReader JAVA = JavaStreamReader::read;

    /** JSON, one value. */
    public static final PayloadReader JSON = JsonReader::read;

    /** Whichever of the two the bytes begin like. */
    public static final PayloadReader JAVA_OR_JSON =
            bytes -> JavaStreamReader.recognizes(bytes) ? JavaStreamReader.read(bytes) : JsonReader.read(bytes);

    private Payloads() {}
}
