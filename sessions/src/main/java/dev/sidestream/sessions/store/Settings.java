package dev.sidestream.sessions.store;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of settings that the resolvers share. Texts name the property; values are quoted only where they are no secret. */
public final class Settings {

    /** RFC 6265, section 4.1.1: a token of RFC 7230. */
    private static final Pattern COOKIE_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern PATH = Pattern.compile("[^.]+(\\.[^.]+)*");

    private Settings() {}

    public static void requireCookieName(String property, String value) {
        if (!COOKIE_NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(property + " is '" + value + "'; it must be the name of a cookie");
        }
    }

    /** Names joined by dots, or nothing. */
    public static void requirePath(String property, @Nullable String value) {
        if (value != null && !PATH.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    property + " is '" + value + "'; it must be names joined by dots, such as user.id");
        }
    }
}
