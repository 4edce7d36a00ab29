package dev.sidestream.channel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the ids that clients send back. Anything that {@link Position#id()} cannot have written is refused. */
final class PositionParser {

    /** 19 digits hold every long; the longest accepted seq is 2^53 - 1, the last integer that JavaScript holds exactly. */
    private static final Pattern ID = Pattern.compile("(\\d{1,15}-\\d{1,15})\\.([1-9]\\d{0,15})\\.([0-9A-Za-z]{1,32})");

    private static final long MAX_SEQ = (1L << 53) - 1;

    private PositionParser() {}

    static @Nullable Position parse(String id) {
        if (id.length() > 90) {
            return null;
        }
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            return null;
        }
        long seq = Long.parseLong(matcher.group(2));
        return seq > MAX_SEQ ? null : new Position(matcher.group(3), seq, matcher.group(1));
    }
}
