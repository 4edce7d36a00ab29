package dev.sidestream.sessions.format;

import dev.sidestream.sessions.format.Node.Blank;
import dev.sidestream.sessions.format.Node.Real;
import dev.sidestream.sessions.format.Node.Text;
import dev.sidestream.sessions.format.Node.Truth;
import dev.sidestream.sessions.format.Node.Whole;
import dev.sidestream.sessions.format.UnreadableException.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON token by token. A name such as {@code @class} is a field like any other. */
final class JsonReader {

    /** Names are not interned or cached, so hostile ones leave nothing behind. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(tools.jackson.core.TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(tools.jackson.core.TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(Budget.MAX_BYTES)
                    .maxNestingDepth(Budget.MAX_DEPTH)
                    .maxNumberLength(400)
                    .maxNameLength(4_096)
                    .maxStringLength(Budget.MAX_BYTES)
                    .build())
            .build();

    private final JsonParser parser;
    private final Budget budget = new Budget();

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** As {@link PayloadReader#read}. */
    static Node read(byte[] bytes) throws UnreadableException {
        Budget.checkSize(bytes);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            JsonReader reader = new JsonReader(parser);
            Node node = reader.value(parser.nextToken());
            if (parser.nextToken() != null) {
                throw new UnreadableException(Reason.FORMAT);
            }
            return node;
        } catch (JacksonException e) {
            throw new UnreadableException(Reason.FORMAT);
        }
    }

    private Node value(@org.jspecify.annotations.Nullable JsonToken token) throws UnreadableException {
        if (token == null) {
            throw new UnreadableException(Reason.TRUNCATED);
        }
        budget.node();
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> new Text(parser.getString());
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> new Real(parser.getDoubleValue());
            case VALUE_TRUE -> new Truth(true);
            case VALUE_FALSE -> new Truth(false);
            case VALUE_NULL -> Blank.NULL;
            default -> throw new UnreadableException(Reason.FORMAT);
        };
    }

    private Node whole() {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? new Real(parser.getDoubleValue())
                : new Whole(parser.getLongValue());
    }

    private Node object() throws UnreadableException {
        budget.enter();
        Struct struct = new Struct("");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            struct.put(name, value(parser.nextToken()));
        }
        budget.leave();
        return struct;
    }

    private Node array() throws UnreadableException {
        budget.enter();
        Struct struct = new Struct("");
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            struct.add(value(token));
        }
        budget.leave();
        return struct;
    }
}
