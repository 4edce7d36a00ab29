package dev.sidestream.gateway.login;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The visitors of the demo.
 *
 * @param users who can log in; names are unique, at least one
 * @param showUsers whether the login page lists them with their passwords; for a demo only
 */
@ConfigurationProperties("gateway")
public record LoginProperties(
        List<DemoUser> users, @DefaultValue("false") boolean showUsers) {

    public LoginProperties {
        users = List.copyOf(users);
        if (users.isEmpty()) {
            throw new IllegalArgumentException("gateway.users is empty, so nobody could log in; add one");
        }
        Set<String> names = new HashSet<>();
        for (DemoUser user : users) {
            if (!names.add(user.name())) {
                throw new IllegalArgumentException("gateway.users: there are two users named " + user.name());
            }
        }
    }
}
