package dev.sidestream.ws.protocol;

import dev.sidestream.channel.Characters;
import dev.sidestream.channel.Publication;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Decodes client frames from the bytes of a text frame without building a tree: the payload is checked as it is skipped and
 * passed on as the bytes that the client wrote. Duplicate keys, depth beyond 32, numbers beyond 100 digits and a byte order
 * mark are refused. Safe for use by many threads.
 */
public final class FrameReader {

    /** Depth of arrays and objects that a message may have, the frame's own object included. */
    public static final int MAX_DEPTH = 32;

    private static final int MAX_RID = 64;
    private static final int MAX_ID = 96;
    private static final int MAX_ECHO = 64;
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_PAGE = 1000;

    private final JsonFactory json;

    /** @param maxBytes the largest frame, which bounds every name and text in it */
    public FrameReader(int maxBytes) {
        json = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // A text frame is UTF-8 (RFC 6455 section 5.6) even where it looks like UTF-16, and its bytes are cut
                // by offset.
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(100)
                        .maxStringLength(maxBytes)
                        .maxNameLength(1024)
                        .build())
                .build();
    }

    /** Whether a text frame is valid UTF-8; when not, the socket must be closed with 1007. */
    public static boolean isValidText(byte[] text) {
        return Utf8.isValid(text);
    }

    /** Reads a frame of which only the message is known. */
    ClientFrame readPlain(byte[] text) {
        return read(text, new Fields(true));
    }

    /** Reads a frame with all that clients may say. */
    ClientFrame readFull(byte[] text) {
        return read(text, new Fields(false));
    }

    private ClientFrame read(byte[] text, Fields fields) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text, 0, text.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return unreadable(ErrorCode.BAD_JSON, fields);
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                fields.read(parser, text);
            }
            return parser.nextToken() == null ? frame(fields) : unreadable(ErrorCode.BAD_JSON, fields);
        } catch (StreamConstraintsException e) {
            return new ClientFrame.Unreadable(
                    ErrorCode.BAD_JSON, "This JSON is too deep or has too long a number.", fields.cid, fields.rid);
        } catch (JacksonException e) {
            return unreadable(ErrorCode.BAD_JSON, fields);
        }
    }

    private static ClientFrame frame(Fields fields) {
        if (fields.bad != null) {
            return new ClientFrame.Unreadable(ErrorCode.BAD_REQUEST, fields.bad, fields.cid, fields.rid);
        }
        return switch (fields.type) {
            case "message" -> publish(fields);
            case "history" -> history(fields);
            case "ping" -> new ClientFrame.Ping(fields.echo);
            case "pong" -> new ClientFrame.Pong();
            default -> unreadable(ErrorCode.BAD_TYPE, fields);
        };
    }

    private static ClientFrame publish(Fields fields) {
        if (fields.message == null) {
            ErrorCode code = fields.plain ? ErrorCode.BAD_JSON : ErrorCode.BAD_REQUEST;
            return new ClientFrame.Unreadable(code, "The field \"message\" is missing.", fields.cid, fields.rid);
        }
        return new ClientFrame.Publish(fields.message, fields.cid);
    }

    private static ClientFrame history(Fields fields) {
        if (fields.before != null && fields.after != null) {
            return new ClientFrame.Unreadable(
                    ErrorCode.BAD_REQUEST, "A history frame has \"before\" or \"after\", not both.", null, fields.rid);
        }
        return new ClientFrame.History(fields.rid, fields.before, fields.after, fields.limit);
    }

    private static ClientFrame unreadable(ErrorCode code, Fields fields) {
        return new ClientFrame.Unreadable(code, code.text(), fields.cid, fields.rid);
    }

    /** What was found so far. Unknown fields are skipped; in plain mode only {@code message} is known. */
    private static final class Fields {
        private final boolean plain;
        String type = "message";
        byte @Nullable [] message;
        byte @Nullable [] echo;

        @Nullable
        String cid;

        @Nullable
        String rid;

        @Nullable
        String before;

        @Nullable
        String after;

        int limit = DEFAULT_PAGE;

        @Nullable
        String bad;

        Fields(boolean plain) {
            this.plain = plain;
        }

        void read(JsonParser parser, byte[] text) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("message")) {
                message = slice(parser, text);
            } else if (plain) {
                parser.skipChildren();
            } else {
                switch (name) {
                    case "type" -> type = value == JsonToken.VALUE_STRING ? parser.getString() : skipped(parser);
                    case "cid" -> cid = id(parser, value, Publication.MAX_CID, "cid");
                    case "rid" -> rid = id(parser, value, MAX_RID, "rid");
                    case "before" -> before = id(parser, value, MAX_ID, "before");
                    case "after" -> after = id(parser, value, MAX_ID, "after");
                    case "limit" -> limit = limit(parser, value);
                    case "t" -> echo = echo(parser, text);
                    default -> parser.skipChildren();
                }
            }
        }

        private static String skipped(JsonParser parser) {
            parser.skipChildren();
            return "";
        }

        private @Nullable String id(JsonParser parser, JsonToken value, int max, String name) {
            if (value == JsonToken.VALUE_NULL) {
                return null;
            }
            String id = value == JsonToken.VALUE_STRING ? parser.getString() : skipped(parser);
            int characters = Characters.count(id);
            if (characters < 1 || characters > max) {
                bad = "The field \"" + name + "\" takes a text of 1 to " + max + " characters.";
                return null;
            }
            return id;
        }

        private int limit(JsonParser parser, JsonToken value) {
            if (value == JsonToken.VALUE_NUMBER_INT) {
                try {
                    int asked = parser.getIntValue();
                    if (asked >= 1 && asked <= MAX_PAGE) {
                        return asked;
                    }
                } catch (JacksonException tooLong) {
                    bad = null; // said below
                }
            }
            parser.skipChildren();
            bad = "The field \"limit\" takes a whole number from 1 to " + MAX_PAGE + ".";
            return DEFAULT_PAGE;
        }

        private byte @Nullable [] echo(JsonParser parser, byte[] text) {
            byte[] value = slice(parser, text);
            if (value.length > MAX_ECHO) {
                bad = "The field \"t\" takes at most " + MAX_ECHO + " bytes.";
                return null;
            }
            return value;
        }

        /** The bytes of the value that the parser stands on, which it checks on the way to its end. */
        private static byte[] slice(JsonParser parser, byte[] text) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            int end = (int) parser.currentLocation().getByteOffset();
            return Arrays.copyOfRange(text, start, end);
        }
    }
}
