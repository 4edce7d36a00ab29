package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sidestream.channel.JsonValue;
import dev.sidestream.channel.Position;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.StoredPublication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of streams.
 *
 * <p>History: the fields {@code e} epoch, {@code s} seq, {@code u} user, {@code c} cid, {@code d} data, and {@code a} the author's
 * id, found by their names.
 *
 * <p>Log: in one fixed order, so that a reader needs no map: {@code k} kind, {@code n} name and {@code x} the count of entries
 * that the log has had; then for a publication {@code i} entry id and the fields of the history; for a message {@code t} type and
 * {@code d} body; for a membership {@code c} channel; for a break {@code o} old and {@code e} new epoch. A newer version may add
 * fields behind these, and kinds.
 */
public final class EntryCodec {

    /** Values of {@code k}. */
    static final char PUBLICATION = 'p';

    static final char BREAK = 'b';
    public static final char TO_CHANNEL = 'c';
    public static final char TO_GROUP = 'g';
    public static final char ADD = '+';
    public static final char DISCARD = '-';

    /** Place of {@code d} among the fields of a publication. */
    static final int PAYLOAD = 8;

    /** Place of {@code n} and of {@code x} in each entry. */
    static final int NAME = 1;

    static final int COUNT = 2;

    private static final int HEADER_FIELDS = 3;
    private static final int PUBLICATION_FIELDS = 10;
    private static final int AUTHOR = 9;
    private static final int MESSAGE_FIELDS = 5;
    private static final int MEMBERSHIP_FIELDS = 4;
    private static final int BREAK_FIELDS = 5;

    private EntryCodec() {}

    /** Whether an entry of the log has the fields of its kind; anybody may have written it. */
    static boolean isWellFormed(LogBatch batch, int entry) {
        int fields = batch.fields(entry);
        return fields >= HEADER_FIELDS
                && switch ((char) batch.kind(entry)) {
                    case PUBLICATION -> fields >= PUBLICATION_FIELDS;
                    case TO_CHANNEL, TO_GROUP -> fields >= MESSAGE_FIELDS;
                    case ADD, DISCARD -> fields >= MEMBERSHIP_FIELDS;
                    case BREAK -> fields >= BREAK_FIELDS;
                    default -> true; // a kind of a newer version
                };
    }

    /**
     * The publication of a log entry of that kind.
     *
     * @throws IllegalArgumentException when it has no place in its room
     */
    static StoredPublication publication(LogBatch batch, int entry) {
        String id = batch.text(entry, 3);
        Position position = new Position(batch.text(entry, 4), Long.parseLong(batch.text(entry, 5)), id);
        return stored(
                batch.text(entry, NAME),
                position,
                batch.text(entry, 6),
                batch.payload(entry),
                batch.text(entry, 7),
                batch.text(entry, AUTHOR));
    }

    /**
     * The entries of a history, as Lettuce nests them, in the order they came. What has no place in the room is left out.
     *
     * @param room for the log
     */
    public static List<StoredPublication> publications(String room, List<?> entries) {
        List<StoredPublication> publications = new ArrayList<>(entries.size());
        for (Object entry : entries) {
            StoredPublication publication = publication(room, (List<?>) entry);
            if (publication != null) {
                publications.add(publication);
            }
        }
        return publications;
    }

    private static @Nullable StoredPublication publication(String room, List<?> entry) {
        String id = text(entry.get(0));
        String epoch = null;
        String seq = null;
        String user = "";
        String cid = "";
        String author = "";
        byte[] data = null;
        List<?> fields = (List<?>) entry.get(1);
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            byte[] name = (byte[]) fields.get(i);
            byte[] value = (byte[]) fields.get(i + 1);
            if (name.length == 1) {
                switch (name[0]) {
                    case 'e' -> epoch = text(value);
                    case 's' -> seq = text(value);
                    case 'u' -> user = text(value);
                    case 'c' -> cid = text(value);
                    case 'a' -> author = text(value);
                    case 'd' -> data = value;
                    default -> {} // of a newer version
                }
            }
        }
        if (epoch == null || seq == null || data == null) {
            return null;
        }
        try {
            return stored(room, new Position(epoch, Long.parseLong(seq), id), user, data, cid, author);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whoever wrote it, it stands in the room: what cannot be delivered is told as a gap by those who deliver. */
    private static StoredPublication stored(
            String room, Position position, String user, byte[] data, String cid, String author) {
        long millis = EntryId.millis(position.entryId());
        try {
            if (JsonValue.isOne(data)) {
                Publication publication = new Publication(orNull(user), data, orNull(cid), orNull(author));
                return new StoredPublication(position, millis, publication);
            }
            Unreadable.say(room, position, "its data is no JSON value");
        } catch (IllegalArgumentException e) {
            Unreadable.say(room, position, String.valueOf(e.getMessage()));
        }
        return StoredPublication.unreadable(position, millis);
    }

    public static String text(Object value) {
        return new String((byte[]) value, UTF_8);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
