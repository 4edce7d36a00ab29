package dev.sidestream.channel;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is published to a room. Its texts are whole: no surrogate stands alone in them, which Redis would hold as a question mark.
 *
 * @param user name of its author as members see it; null when nobody in particular speaks
 * @param json the payload: one valid JSON value in UTF-8, at most 64 KiB; the array is not copied and must not change
 * @param cid the author's own id of it, 1 to 64 characters of Unicode, for idempotent retries; null for none
 * @param userId what the site calls its author by, which tells the cids of two authors of one name apart; null when the name
 *     does
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying each payload would cost more
public record Publication(
        @Nullable String user,
        byte[] json,
        @Nullable String cid,
        @Nullable String userId) {

    /** The longest cid, in characters of Unicode. */
    public static final int MAX_CID = 64;

    /** The longest JSON value, in bytes. */
    public static final int MAX_JSON = 64 * 1024;

    public Publication {
        if (json.length == 0 || json.length > MAX_JSON) {
            throw new IllegalArgumentException(
                    "A publication is a JSON value of 1 to 65536 bytes, this one has " + json.length);
        }
        if (cid != null) {
            int characters = Characters.count(cid);
            if (characters < 1 || characters > MAX_CID) {
                throw new IllegalArgumentException(
                        characters < 0
                                ? "A cid holds no surrogate that stands alone"
                                : "A cid has 1 to 64 characters, this one has " + characters);
            }
        }
        if ((user != null && !Characters.areWhole(user)) || (userId != null && !Characters.areWhole(userId))) {
            throw new IllegalArgumentException("The name and the id of an author hold no surrogate that stands alone");
        }
    }

    /** A publication of an author whom the name tells apart. */
    public Publication(@Nullable String user, byte[] json, @Nullable String cid) {
        this(user, json, cid, null);
    }

    /** A publication of a JSON value that is given as text. */
    public static Publication of(@Nullable String user, String json) {
        return new Publication(user, json.getBytes(StandardCharsets.UTF_8), null);
    }

    /** Whose cids these are: the author's id, or the name where that is the id; null when nobody in particular speaks. */
    public @Nullable String author() {
        return userId == null ? user : userId;
    }
}
