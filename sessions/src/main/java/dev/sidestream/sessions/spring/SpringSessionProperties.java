package dev.sidestream.sessions.spring;

import dev.sidestream.sessions.store.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a Spring site keeps its sessions; the defaults are Spring Session's own.
 *
 * @param cookieName name of the session cookie
 * @param namespace the site's {@code spring.session.data.redis.namespace}
 * @param jvmRoute the suffix that the site's cookie serializer adds to ids, when it does and ids are not UUIDs
 * @param userPath where in the security context the user's name is, as field names joined by dots, for principals that are
 *     neither UserDetails, text, OAuth2 user nor Principal; for example {@code authentication.principal.login}
 */
@ConfigurationProperties("sidestream.session.spring")
public record SpringSessionProperties(
        @DefaultValue("SESSION") String cookieName,
        @DefaultValue("spring:session") String namespace,
        @Nullable String jvmRoute,
        @Nullable String userPath) {

    public SpringSessionProperties {
        Settings.requireCookieName("sidestream.session.spring.cookie-name", cookieName);
        Settings.requirePath("sidestream.session.spring.user-path", userPath);
        if (namespace.isBlank()) {
            throw new IllegalArgumentException("sidestream.session.spring.namespace is empty; it must be the site's"
                    + " spring.session.data.redis.namespace, such as spring:session");
        }
    }

    /** Those of a site that keeps to the defaults. */
    public static SpringSessionProperties defaults() {
        return new SpringSessionProperties("SESSION", "spring:session", null, null);
    }
}
