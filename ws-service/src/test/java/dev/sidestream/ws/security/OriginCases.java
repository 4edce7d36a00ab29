package dev.sidestream.ws.security;

import static dev.sidestream.ws.security.SecurityCase.nobody;
import static dev.sidestream.ws.security.SecurityCase.origin;

import dev.sidestream.ws.support.TestNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages of other sites in the browser of somebody who is logged in, and headers that a client invents. */
final class OriginCases {

    private OriginCases() {}

    static List<SecurityCase> of(Sites sites) {
        Map<String, String> origins = new LinkedHashMap<>();
        origins.put("null, as sandboxed frames and files send", "null");
        origins.put("with the site as its prefix", TestNode.ORIGIN + ".evil.test");
        origins.put("with the site as its suffix", "https://evil-site.test");
        origins.put("a subdomain of the site", "https://user-content.site.test");
        origins.put("with the site as its user", TestNode.ORIGIN + "@evil.test");
        origins.put("with the site as its path", "https://evil.test/site.test");
        origins.put("another port", TestNode.ORIGIN + ":8443");
        origins.put("the usual port, which no browser writes", TestNode.ORIGIN + ":443");
        origins.put("another scheme", "http://site.test");
        origins.put("another case, which no browser writes", "HTTPS://SITE.TEST");
        origins.put("a dot at the end of the host", TestNode.ORIGIN + ".");
        origins.put("a slash at its end", TestNode.ORIGIN + "/");
        origins.put("empty", "");
        origins.put("two in one header", TestNode.ORIGIN + " https://evil.test");
        List<SecurityCase> cases = new ArrayList<>();
        origins.forEach((name, value) -> cases.add(origin(
                "origin: " + name,
                () -> sites.page(sites.springLogin()),
                () -> sites.page(sites.springLogin()).header("Origin", value))));
        cases.add(origin(
                "origin: missing, with a cookie",
                () -> sites.page(sites.springLogin()),
                () -> sites.page(sites.springLogin()).without("Origin")));
        cases.add(origin(
                "origin: two headers, the first one right",
                () -> sites.page(sites.springLogin()),
                () -> sites.page(sites.springLogin()).also("Origin", "https://evil.test")));
        cases.add(origin(
                "origin: two headers, both right",
                () -> sites.page(sites.springLogin()),
                () -> sites.page(sites.springLogin()).also("Origin", TestNode.ORIGIN)));
        for (String header :
                List.of("X-User", "X-Remote-User", "Remote-User", "X-Forwarded-User", "X-Auth-Request-User")) {
            cases.add(nobody(
                    "a client calls itself alice in " + header,
                    () -> sites.page(sites.springLogin()).header(header, "mallory"),
                    () -> sites.page("theme=dark").header(header, "alice")));
        }
        return cases;
    }
}
