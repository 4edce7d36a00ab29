package dev.sidestream.ws.delivery;

import dev.sidestream.channel.StoredPublication;
import dev.sidestream.ws.protocol.Dialect;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.protocol.EncodedFrame;
import dev.sidestream.ws.protocol.ServerFrame;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A frame for all members of a room on this node, encoded once for each dialect that has members. Immutable; shared by all event
 * loops.
 */
public final class Outgoing {

    /** By {@link Dialect#index()}; null for a dialect that has no members or is told nothing. */
    private final @Nullable EncodedFrame[] shared = new EncodedFrame[Dialects.count()];

    /** For the author's own connections; null for a dialect in which theirs is no different. */
    private final @Nullable EncodedFrame[] own = new EncodedFrame[Dialects.count()];

    /** Null when nothing is for the author alone. */
    private final @Nullable String author;

    private Outgoing(@Nullable String author) {
        this.author = author;
    }

    /**
     * A publication.
     *
     * @param present the dialects that have members now
     */
    public static Outgoing publication(StoredPublication stored, Predicate<Dialect> present) {
        boolean personal = stored.publication().cid() != null;
        Outgoing made = new Outgoing(personal ? stored.publication().author() : null);
        ServerFrame forAll = new ServerFrame.Published(stored, false);
        for (Dialect dialect : Dialects.ALL) {
            if (present.test(dialect)) {
                made.shared[dialect.index()] = dialect.write(forAll);
                if (made.author != null && dialect.tellsAll()) {
                    made.own[dialect.index()] = dialect.write(new ServerFrame.Published(stored, true));
                }
            }
        }
        return made;
    }

    /** A frame that is the same for all whose dialect knows it, such as a gap. */
    public static Outgoing same(ServerFrame frame) {
        return same(frame, dialect -> true);
    }

    /** A frame for those alone who are told of everything, although others know its type. */
    public static Outgoing toTold(ServerFrame frame) {
        return same(frame, Dialect::tellsAll);
    }

    private static Outgoing same(ServerFrame frame, Predicate<Dialect> told) {
        Outgoing made = new Outgoing(null);
        for (Dialect dialect : Dialects.ALL) {
            made.shared[dialect.index()] = told.test(dialect) ? dialect.write(frame) : null;
        }
        return made;
    }

    /** What everybody in this dialect is sent; null for nothing. */
    @Nullable
    EncodedFrame shared(Dialect dialect) {
        return shared[dialect.index()];
    }

    /** Whether this member is sent something of its own. */
    boolean isOwn(Member member) {
        return author != null && own[member.dialect().index()] != null && member.isAuthor(author);
    }

    /** What this member is sent; null for nothing. */
    @Nullable
    EncodedFrame of(Member member) {
        return isOwn(member) ? own[member.dialect().index()] : shared(member.dialect());
    }

    /** Whether anybody who speaks this dialect may be sent something of their own. */
    boolean isPersonal(Dialect dialect) {
        return own[dialect.index()] != null;
    }
}
