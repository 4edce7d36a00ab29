package dev.sidestream.sessions.express;

import dev.sidestream.sessions.store.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where an Express site keeps its sessions; the defaults are those of express-session, connect-redis and passport.
 *
 * @param secrets what the site signs its cookies with; a cookie signed with any of them is accepted
 * @param cookieName name of the session cookie
 * @param prefix the store's {@code prefix}, with whatever the client puts in front of it
 * @param userPath where in the session the user's id is; passport's user when not set
 * @param namePath where the user's name is, when it is not the id
 */
@ConfigurationProperties("sidestream.session.express")
public record ExpressSessionProperties(
        @DefaultValue List<String> secrets,
        @DefaultValue("connect.sid") String cookieName,
        @DefaultValue("sess:") String prefix,
        @Nullable String userPath,
        @Nullable String namePath) {

    public ExpressSessionProperties {
        secrets = List.copyOf(secrets);
        Settings.requireCookieName("sidestream.session.express.cookie-name", cookieName);
        Settings.requirePath("sidestream.session.express.user-path", userPath);
        Settings.requirePath("sidestream.session.express.name-path", namePath);
    }

    /** Those of a site that keeps to the defaults, with its secrets. */
    public static ExpressSessionProperties of(String... secrets) {
        return new ExpressSessionProperties(List.of(secrets), "connect.sid", "sess:", null, null);
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "ExpressSessionProperties[secrets=" + secrets.size() + ", cookieName=" + cookieName + ", prefix="
                + prefix + "]";
    }
}
