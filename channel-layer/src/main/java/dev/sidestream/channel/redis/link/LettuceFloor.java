package dev.sidestream.channel.redis.link;

import io.lettuce.core.LettuceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The oldest Lettuce that has what {@link LettuceOptions} sets. The version is a matter of the program's build: with an older one
 * a class would be missing somewhere, and nobody would know what to change.
 */
final class LettuceFloor {

    private static final int MAJOR = 7;

    private LettuceFloor() {}

    /** @throws IllegalStateException when Lettuce is older; it names the property to set */
    static void require() {
        require(LettuceVersion.getVersion());
    }

    /** @param version such as {@code 7.5.2.RELEASE/5728917}; null where the jar does not say it, which is no fault */
    static void require(@Nullable String version) {
        if (version == null) {
            return;
        }
        int end = 0;
        while (end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        if (end > 0 && end < 4 && Integer.parseInt(version, 0, end, 10) < MAJOR) {
            throw new IllegalStateException("Lettuce is " + version + ", the channel layer needs " + MAJOR
                    + ".0 or newer: raise the version of io.lettuce:lettuce-core, in a build of Spring Boot with the"
                    + " property lettuce.version");
        }
    }
}
