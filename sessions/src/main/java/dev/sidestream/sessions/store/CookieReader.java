package dev.sidestream.sessions.store;

import java.util.List;

/** First stage: which session ids a request's cookies may mean, signatures checked. */
@FunctionalInterface
public interface CookieReader {

    /** Cookies of one name that are looked at; browsers send several when a site has set them for several paths or domains. */
    int MAX_CANDIDATES = 4;

    /** At most {@link #MAX_CANDIDATES} ids in the order of the cookies; empty when none is of this framework. */
    List<String> ids(List<String> cookieHeaders);
}
