package dev.sidestream.ws.security;

import static dev.sidestream.ws.security.SecurityCase.nobody;
import static dev.sidestream.ws.security.SecurityCase.over;

import dev.sidestream.channel.testing.Await;
import dev.sidestream.sessions.recorded.Recording;
import dev.sidestream.sessions.spring.SpringLogins;
import dev.sidestream.sessions.spring.SpringSite;
import dev.sidestream.sessions.spring.SpringSite.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Cookies that are no login, or none any more. */
final class CookieCases {

    private static final String PUSHED_OUT =
            "org.springframework.session.security.SpringSessionBackedSessionInformation.EXPIRED";

    private final Sites sites;
    private final List<SecurityCase> cases = new ArrayList<>();

    private CookieCases(Sites sites) {
        this.sites = sites;
    }

    static List<SecurityCase> of(Sites sites) {
        CookieCases all = new CookieCases(sites);
        all.changedOnTheWay();
        all.manyOrLong();
        all.ofOthers();
        all.ended();
        all.springsRules();
        all.withoutUser();
        return all.cases;
    }

    /** The login of a recorded site is let in; its cookie, changed, is not. */
    private void recorded(String name, String site, UnaryOperator<String> change) {
        Recording recording = Recording.of(site);
        cases.add(nobody(
                name,
                () -> sites.page(sites.at(recording, recording.login())),
                () -> sites.page(change.apply(recording.login().cookies()))));
    }

    private static String lastChanged(String cookie) {
        int at = cookie.length() - 2;
        return cookie.substring(0, at) + (cookie.charAt(at) == 'A' ? 'B' : 'A') + cookie.substring(at + 1);
    }

    private static String halved(String cookie) {
        int from = cookie.indexOf('=') + 1;
        return cookie.substring(0, from + (cookie.length() - from) / 2);
    }

    private void changedOnTheWay() {
        for (String site : List.of("express", "django", "php", "laravel", "flask-msgpack")) {
            recorded("forged, " + site, site, CookieCases::lastChanged);
            recorded("truncated, " + site, site, CookieCases::halved);
            recorded("without its last character, " + site, site, cookie -> cookie.substring(0, cookie.length() - 1));
        }
        cases.add(nobody(
                "forged, spring",
                () -> sites.page(sites.springLogin()),
                () -> sites.page(
                        sites.spring(Kind.SERVLET).cookie(UUID.randomUUID().toString()))));
        cases.add(nobody(
                "truncated, spring",
                () -> sites.page(sites.springLogin()),
                () -> sites.page(halved(sites.springLogin()))));
        recorded("unsigned, express", "express", cookie -> "connect.sid=" + expressId(cookie));
        recorded("with an empty signature, express", "express", cookie -> "connect.sid=s%3A" + expressId(cookie) + ".");
        recorded("wrong secret, express", "express", cookie -> signed(expressId(cookie), "not the site's secret"));
        Recording old = Recording.of("express-old-secret");
        cases.add(nobody(
                "signed with no secret of the list, while the old one still is in it, express",
                () -> sites.page(sites.at(old, old.login())),
                () -> sites.page(signed(expressId(old.login().cookies()), "older still"))));
        recorded(
                "the plain id in place of the encrypted one, laravel",
                "laravel",
                cookie -> "laravel_session="
                        + sites.laravel
                                .login()
                                .keys()
                                .keySet()
                                .iterator()
                                .next()
                                .replaceAll(".*:", ""));
        recorded("under another name, laravel", "laravel", cookie -> cookie.replace("laravel_session=", "session="));
    }

    private static String expressId(String cookie) {
        return cookie.substring(cookie.indexOf("s%3A") + 4, cookie.lastIndexOf('.'));
    }

    private static String signed(String id, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
            String text = Base64.getEncoder().withoutPadding().encodeToString(signature);
            return "connect.sid=s%3A" + id + "." + text.replace("/", "%2F").replace("+", "%2B");
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void manyOrLong() {
        cases.add(nobody(
                "the login is the fifth cookie of its name, spring",
                () -> sites.page("SESSION=a1; SESSION=b2; SESSION=c3; " + sites.springLogin()),
                () -> sites.page("SESSION=a1; SESSION=b2; SESSION=c3; SESSION=d4; " + sites.springLogin())));
        Recording express = Recording.of("express");
        String forged = lastChanged(express.login().cookies());
        cases.add(nobody(
                "doubled, no candidate right, express",
                () -> sites.page(forged + "; " + sites.at(express, express.login())),
                () -> sites.page(forged + "; " + forged + "; " + forged + "; " + forged)));
        cases.add(nobody(
                "oversized id, spring",
                () -> sites.page("theme=" + "d".repeat(7_000) + "; " + sites.springLogin()),
                () -> sites.page("SESSION=" + "A".repeat(7_000))));
        recorded("oversized id, laravel", "laravel", cookie -> cookie + "A".repeat(7_000));
        cases.add(new SecurityCase(
                "oversized header",
                () -> sites.page(sites.springLogin()),
                () -> sites.page(sites.springLogin() + "; theme=" + "d".repeat(20_000)),
                431,
                ""));
    }

    private void ofOthers() {
        cases.add(nobody(
                "session of another site in the same Redis, spring", () -> sites.page(sites.springLogin()), () -> {
                    SpringSite site = sites.spring(Kind.SERVLET);
                    String id = site.create(
                            session -> session.setAttribute(Sites.SPRING_CONTEXT, SpringLogins.form("mallory")));
                    sites.redis.command("RENAME", "spring:session:sessions:" + id, "shop:sessions:" + id);
                    return sites.page(site.cookie(id));
                }));
        for (String[] site : new String[][] {
            {"express", "sess:", "shop:"},
            {"django", ":1:", "shop:1:"},
            {"php", "PHPREDIS_SESSION:", "SHOP:"},
            {"laravel", "laravel_database", "shop_database"},
            {"flask-msgpack", "session:", "shop:"}
        }) {
            Recording recording = Recording.of(site[0]);
            cases.add(nobody(
                    "session of another site in the same Redis, " + site[0],
                    () -> sites.page(sites.at(recording, recording.login())),
                    () -> {
                        recording.login().keys().keySet().stream()
                                .filter(key -> key.startsWith(site[1]))
                                .forEach(key -> sites.redis.command("RENAME", key, key.replace(site[1], site[2])));
                        sites.gone(recording);
                        return sites.page(recording.login().cookies());
                    }));
        }
        cases.add(nobody(
                "the key of something else than a session, spring",
                () -> sites.page(Sites.springLogin(sites.spring(Kind.SERVLET_INDEXED))),
                () -> {
                    SpringSite site = sites.spring(Kind.SERVLET_INDEXED);
                    String login = Sites.springLogin(site).substring("SESSION=".length());
                    String id = new String(Base64.getDecoder().decode(login), StandardCharsets.UTF_8);
                    return sites.page(site.cookie("expires:" + id));
                }));
    }

    private void ended() {
        for (String site : List.of("express", "django", "django-cached-db", "php", "laravel", "flask-msgpack")) {
            Recording recording = Recording.of(site);
            cases.add(nobody("logged out, " + site, () -> sites.page(sites.at(recording, recording.login())), () -> {
                sites.at(recording, recording.logout());
                sites.gone(recording);
                return sites.page(recording.login().cookies());
            }));
        }
        for (String site : List.of("express", "django", "php", "laravel", "flask-msgpack")) {
            Recording recording = Recording.of(site);
            cases.add(nobody(
                    "expired while Redis deletes late, " + site,
                    () -> sites.page(sites.at(recording, recording.login())),
                    () -> {
                        String cookies = sites.at(recording, recording.login());
                        sites.redis.command("DEBUG", "SET-ACTIVE-EXPIRE", "0");
                        recording.login().keys().keySet().forEach(key -> sites.redis.command("PEXPIRE", key, "20"));
                        long end = System.currentTimeMillis() + 25;
                        Await.until("its time is up", () -> System.currentTimeMillis() > end);
                        sites.gone(recording);
                        return sites.page(cookies);
                    }));
        }
    }

    private void springsRules() {
        for (Kind kind : Kind.values()) {
            SpringSite site = sites.spring(kind);
            cases.add(ended("logged out, spring " + kind, site, site::delete));
            cases.add(ended("saved late after the logout, spring " + kind, site, id -> {
                Runnable late = site.late(id);
                site.delete(id);
                try {
                    late.run();
                } catch (IllegalStateException refused) {
                    // Two of the four repositories notice.
                }
            }));
            cases.add(over(
                    "pushed out by another login, spring " + kind, () -> sites.page(Sites.springLogin(site)), () -> {
                        String id = login(site);
                        site.change(id, session -> session.setAttribute(PUSHED_OUT, true));
                        return sites.page(site.cookie(id));
                    }));
            cases.add(ended(
                    "the id from before the last login, spring " + kind,
                    site,
                    id -> site.change(id, session -> session.changeSessionId())));
            cases.add(ended(
                    "logged out, the session lives on, spring " + kind,
                    site,
                    id -> site.change(id, session -> session.removeAttribute(Sites.SPRING_CONTEXT))));
        }
        SpringSite indexed = sites.spring(Kind.SERVLET_INDEXED);
        cases.add(over(
                "expired, its key stays for five minutes, spring", () -> sites.page(Sites.springLogin(indexed)), () -> {
                    String id = login(indexed);
                    indexed.change(id, session -> {
                        session.setMaxInactiveInterval(Duration.ofSeconds(60));
                        session.setLastAccessedTime(Instant.now().minusSeconds(61));
                    });
                    sites.redis.command("PEXPIRE", "spring:session:sessions:" + id, "239000");
                    return sites.page(indexed.cookie(id));
                }));
    }

    private static String login(SpringSite site) {
        return site.create(session -> session.setAttribute(Sites.SPRING_CONTEXT, SpringLogins.form("alice")));
    }

    /** Spring keeps the hash of one repository after the logout, so that its end can be told; else nothing is left. */
    private SecurityCase ended(String name, SpringSite site, java.util.function.Consumer<String> end) {
        return new SecurityCase(
                name,
                () -> sites.page(Sites.springLogin(site)),
                () -> {
                    String id = login(site);
                    end.accept(id);
                    return sites.page(site.cookie(id));
                },
                401,
                "no_session or session_expired");
    }

    private void withoutUser() {
        for (String site : List.of("express", "django", "php", "laravel", "flask-msgpack")) {
            Recording recording = Recording.of(site);
            cases.add(nobody(
                    "session without a user, " + site,
                    () -> sites.page(sites.at(recording, recording.login())),
                    () -> sites.page(sites.at(recording, recording.anonymous()))));
        }
        for (Kind kind : Kind.values()) {
            SpringSite site = sites.spring(kind);
            cases.add(nobody(
                    "session without a user, spring " + kind,
                    () -> sites.page(Sites.springLogin(site)),
                    () -> sites.page(site.cookie(site.create(session -> session.setAttribute("cart", "3"))))));
            cases.add(nobody(
                    "anonymous user, spring " + kind,
                    () -> sites.page(Sites.springLogin(site)),
                    () -> sites.page(site.cookie(site.create(
                            session -> session.setAttribute(Sites.SPRING_CONTEXT, SpringLogins.anonymous()))))));
        }
    }
}
