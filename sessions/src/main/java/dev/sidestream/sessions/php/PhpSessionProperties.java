package dev.sidestream.sessions.php;

import dev.sidestream.sessions.store.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a PHP site keeps its sessions; the defaults are those of PHP and phpredis. PHP has no convention for the user, so
 * the path to it must be set.
 *
 * @param userPath where in {@code $_SESSION} the user's id is, such as {@code user_id} or {@code user.id}
 * @param namePath where the user's name is, when it is not the id
 * @param prefix the {@code prefix} of the site's {@code session.save_path}
 * @param cookieName the site's {@code session.name}
 */
@ConfigurationProperties("sidestream.session.php")
public record PhpSessionProperties(
        @Nullable String userPath,
        @Nullable String namePath,
        @DefaultValue("PHPREDIS_SESSION:") String prefix,
        @DefaultValue("PHPSESSID") String cookieName) {

    public PhpSessionProperties {
        Settings.requireCookieName("sidestream.session.php.cookie-name", cookieName);
        Settings.requirePath("sidestream.session.php.user-path", userPath);
        Settings.requirePath("sidestream.session.php.name-path", namePath);
    }

    /** Those of a site that keeps to the defaults, with the path to the user's id. */
    public static PhpSessionProperties of(String userPath) {
        return new PhpSessionProperties(userPath, null, "PHPREDIS_SESSION:", "PHPSESSID");
    }
}
