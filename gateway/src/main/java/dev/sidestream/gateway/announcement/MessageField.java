package dev.sidestream.gateway.announcement;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
 * Cuts the field {@code message} out of an announcement's body, as the bytes that the poster wrote: a tree of it would shorten
 * numbers and choose among keys. Takes what a room's socket takes, no more.
 */
final class MessageField {

    /** Levels of arrays and objects that a body may have, its own object included. */
    static final int MAX_DEPTH = 32;

    private static final int MAX_DIGITS = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxNameLength(1024)
                    .build())
            .build();

    private MessageField() {}

    /**
     * One JSON value in UTF-8; null when there is none, or nothing but blanks in it.
     *
     * @throws RefusedAnnouncement when the body is no JSON, or too deep
     */
    static byte @Nullable [] cutOut(byte[] body) {
        byte[] message = null;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), utf8(body))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw notJson();
            }
            if (first == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean ours = parser.currentName().equals("message");
                    JsonToken value = parser.nextToken();
                    if (ours) {
                        message = slice(parser, value, body);
                    } else {
                        parser.skipChildren();
                    }
                }
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() == null) {
                return message;
            }
        } catch (StreamConstraintsException e) {
            throw new RefusedAnnouncement(
                    "message",
                    "must not be nested deeper than " + (MAX_DEPTH - 1) + " levels, nor hold a number of more than "
                            + MAX_DIGITS + " digits");
        } catch (JacksonException e) {
            throw notJson();
        }
        throw notJson();
    }

    private static byte @Nullable [] slice(JsonParser parser, JsonToken value, byte[] body) {
        boolean blank = value == JsonToken.VALUE_NULL
                || (value == JsonToken.VALUE_STRING && parser.getString().isBlank());
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return blank ? null : Arrays.copyOfRange(body, start, end);
    }

    /** The bytes, when they are well-formed: the parser alone would let some forms pass that a WebSocket may not carry. */
    private static byte[] utf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return body;
        } catch (CharacterCodingException e) {
            throw notJson();
        }
    }

    private static RefusedAnnouncement notJson() {
        return new RefusedAnnouncement(
                "body", "must be a JSON object in UTF-8 such as {\"message\": \"hello\"}, with no key twice");
    }
}
