package dev.sidestream.sessions.store;

import java.util.ArrayList;
import java.util.List;

/** The values of cookies (RFC 6265, section 4.2), read leniently: what is no cookie is passed over. */
public final class Cookies {

    /** Longest id, in characters, that is ever looked up. */
    private static final int MAX_ID = 256;

    private Cookies() {}

    /** The values of the cookies of exactly that name, without surrounding quotes, at most {@link CookieReader#MAX_CANDIDATES}. */
    public static List<String> values(List<String> headers, String name) {
        List<String> values = valuesAsSent(headers, name);
        values.replaceAll(Cookies::unquote);
        return values;
    }

    /** As {@link #values}, with the quotes. */
    public static List<String> valuesAsSent(List<String> headers, String name) {
        List<String> values = new ArrayList<>(1);
        for (String header : headers) {
            int start = 0;
            while (start < header.length() && values.size() < CookieReader.MAX_CANDIDATES) {
                int semicolon = header.indexOf(';', start);
                int end = semicolon < 0 ? header.length() : semicolon;
                int equals = header.indexOf('=', start);
                if (equals >= 0
                        && equals < end
                        && header.substring(start, equals).strip().equals(name)) {
                    values.add(header.substring(equals + 1, end).strip());
                }
                start = end + 1;
            }
        }
        return values;
    }

    /** Whether a text may be a session id: visible ASCII, 1 to 256 characters. Any other could not have been a cookie. */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_ID) {
            return false;
        }
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static String unquote(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
