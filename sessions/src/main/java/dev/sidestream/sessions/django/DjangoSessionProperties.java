package dev.sidestream.sessions.django;

import dev.sidestream.sessions.store.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a Django site keeps its sessions; the defaults are Django's own.
 *
 * @param cookieName the site's {@code SESSION_COOKIE_NAME}
 * @param keyPrefix {@code KEY_PREFIX} of the cache that the sessions are in
 * @param version {@code VERSION} of that cache
 * @param namePath where in the session the site itself puts the user's name; the id is the name when not set
 */
@ConfigurationProperties("sidestream.session.django")
public record DjangoSessionProperties(
        @DefaultValue("sessionid") String cookieName,
        @DefaultValue("") String keyPrefix,
        @DefaultValue("1") int version,
        @Nullable String namePath) {

    public DjangoSessionProperties {
        Settings.requireCookieName("sidestream.session.django.cookie-name", cookieName);
        Settings.requirePath("sidestream.session.django.name-path", namePath);
    }

    /** Those of a site that keeps to the defaults. */
    public static DjangoSessionProperties defaults() {
        return new DjangoSessionProperties("sessionid", "", 1, null);
    }
}
