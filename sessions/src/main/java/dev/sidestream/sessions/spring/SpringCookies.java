package dev.sidestream.sessions.spring;

import dev.sidestream.sessions.store.CookieReader;
import dev.sidestream.sessions.store.Cookies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the cookie of the servlet side (Base64 of the id, with the route of a JVM behind it where one is set) and that of
 * WebFlux (the bare id), told apart by their look.
 */
final class SpringCookies implements CookieReader {

    private static final Pattern UUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final int UUID_LENGTH = 36;

    private final String name;
    private final String route;

    SpringCookies(String name, @Nullable String jvmRoute) {
        this.name = name;
        this.route = jvmRoute == null || jvmRoute.isEmpty() ? "" : "." + jvmRoute;
    }

    @Override
    public List<String> ids(List<String> cookieHeaders) {
        List<String> ids = new ArrayList<>(1);
        for (String value : Cookies.values(cookieHeaders, name)) {
            String id = id(value);
            if (Cookies.isId(id) && !ids.contains(id)) {
                ids.add(id);
            }
        }
        return ids;
    }

    private String id(String value) {
        if (isUuid(value)) {
            return value;
        }
        String decoded = decode(value);
        // An own id generator's bare id that is no Base64, or that is so only by chance, is taken as it came.
        return decoded == null || !Cookies.isId(decoded) ? value : withoutRoute(decoded);
    }

    private String withoutRoute(String id) {
        if (!route.isEmpty() && id.endsWith(route)) {
            return id.substring(0, id.length() - route.length());
        }
        boolean routed = id.length() > UUID_LENGTH && id.charAt(UUID_LENGTH) == '.';
        return routed && isUuid(id.substring(0, UUID_LENGTH)) ? id.substring(0, UUID_LENGTH) : id;
    }

    private static boolean isUuid(String text) {
        return text.length() == UUID_LENGTH && UUID.matcher(text).matches();
    }

    private static @Nullable String decode(String value) {
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
