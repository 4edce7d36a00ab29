package dev.sidestream.sessions.store;

import java.util.List;
import java.util.regex.Pattern;

/** Reads cookies whose value is the id itself, in an alphabet that the framework knows. */
public final class PatternCookies implements CookieReader {

    private final String name;
    private final Pattern id;

    public PatternCookies(String name, String id) {
        this.name = name;
        this.id = Pattern.compile(id);
    }

    @Override
    public List<String> ids(List<String> cookieHeaders) {
        return Cookies.values(cookieHeaders, name).stream()
                .filter(value -> Cookies.isId(value) && id.matcher(value).matches())
                .distinct()
                .toList();
    }
}
