package dev.sidestream.sessions.flask;

import dev.sidestream.sessions.store.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a Flask site keeps its sessions; the defaults are those of Flask-Session and Flask-Login.
 *
 * @param cookieName the site's {@code SESSION_COOKIE_NAME}
 * @param prefix the site's {@code SESSION_KEY_PREFIX}
 * @param userPath where in the session the user's id is
 * @param namePath where the user's name is, when it is not the id
 */
@ConfigurationProperties("sidestream.session.flask")
public record FlaskSessionProperties(
        @DefaultValue("session") String cookieName,
        @DefaultValue("session:") String prefix,
        @DefaultValue("_user_id") String userPath,
        @Nullable String namePath) {

    public FlaskSessionProperties {
        Settings.requireCookieName("sidestream.session.flask.cookie-name", cookieName);
        Settings.requirePath("sidestream.session.flask.user-path", userPath);
        Settings.requirePath("sidestream.session.flask.name-path", namePath);
    }

    /** Those of a site that keeps to the defaults. */
    public static FlaskSessionProperties defaults() {
        return new FlaskSessionProperties("session", "session:", "_user_id", null);
    }
}
