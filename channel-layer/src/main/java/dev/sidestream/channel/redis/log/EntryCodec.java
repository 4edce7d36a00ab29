package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.StoredPublication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of streams, whose fields have one fixed order so that a reader needs no map.
 *
 * <p>History: {@code e} epoch, {@code s} seq, {@code u} user, {@code c} cid, {@code d} data, and {@code a} the author's id where
 * a publication has a cid and the id is not the name. Log: {@code k} kind and {@code n}
 * name, then for a publication {@code i} entry id and the fields of the history; for a message {@code t} type and {@code d}
 * body; for a membership {@code c} channel.
 */
public final class EntryCodec {

    /** Values of {@code k}. */
    static final char PUBLICATION = 'p';

    public static final char TO_CHANNEL = 'c';
    public static final char TO_GROUP = 'g';
    public static final char ADD = '+';
    public static final char DISCARD = '-';

    /** Place of {@code d} among the fields of a publication. */
    static final int PAYLOAD = 7;

    private static final int PUBLICATION_FIELDS = 8;
    private static final int AUTHOR = 8;
    private static final int MESSAGE_FIELDS = 4;
    private static final int MEMBERSHIP_FIELDS = 3;

    private EntryCodec() {}

    /** Whether an entry of the log has the fields of its kind; anybody may have written it. */
    static boolean isWellFormed(LogBatch batch, int entry) {
        int fields = batch.fields(entry);
        if (fields < MEMBERSHIP_FIELDS) {
            return false;
        }
        return switch ((char) batch.kind(entry)) {
            case PUBLICATION -> fields == PUBLICATION_FIELDS || fields == PUBLICATION_FIELDS + 1;
            case TO_CHANNEL, TO_GROUP -> fields == MESSAGE_FIELDS;
            case ADD, DISCARD -> fields == MEMBERSHIP_FIELDS;
            default -> false;
        };
    }

    /** The publication of a log entry of that kind. */
    static StoredPublication publication(LogBatch batch, int entry) {
        String id = batch.text(entry, 2);
        Position position = new Position(batch.text(entry, 3), Long.parseLong(batch.text(entry, 4)), id);
        Publication publication = new Publication(
                orNull(batch.text(entry, 5)),
                batch.payload(entry),
                orNull(batch.text(entry, 6)),
                batch.fields(entry) > AUTHOR ? orNull(batch.text(entry, AUTHOR)) : null);
        return new StoredPublication(position, EntryId.millis(id), publication);
    }

    /** The entries of a history, as Lettuce nests them, in the order they came. */
    public static List<StoredPublication> publications(List<?> entries) {
        List<StoredPublication> publications = new ArrayList<>(entries.size());
        for (Object entry : entries) {
            publications.add(publication((List<?>) entry));
        }
        return publications;
    }

    private static StoredPublication publication(List<?> entry) {
        String id = text(entry.get(0));
        List<?> fields = (List<?>) entry.get(1);
        Position position = new Position(text(fields.get(1)), Long.parseLong(text(fields.get(3))), id);
        Publication publication = new Publication(
                orNull(text(fields.get(5))),
                (byte[]) fields.get(9),
                orNull(text(fields.get(7))),
                fields.size() > 11 ? orNull(text(fields.get(11))) : null);
        return new StoredPublication(position, EntryId.millis(id), publication);
    }

    public static String text(Object value) {
        return new String((byte[]) value, UTF_8);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
