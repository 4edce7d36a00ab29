package dev.sidestream.sessions.spring;

import static dev.sidestream.sessions.spring.SpringTree.at;
import static dev.sidestream.sessions.spring.SpringTree.elements;
import static dev.sidestream.sessions.spring.SpringTree.entry;
import static dev.sidestream.sessions.spring.SpringTree.identifier;

import dev.sidestream.sessions.User;
import dev.sidestream.sessions.format.Node;
import dev.sidestream.sessions.format.Node.Text;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.Identity;
import dev.sidestream.sessions.store.IdentityRule;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a security context means, by the rule of Spring Security's {@code AbstractAuthenticationToken.getName}. The site's own
 * name attribute, where it set one, comes before the principal's name but replaces no login.
 */
final class SpringIdentity implements IdentityRule {

    private static final String ANONYMOUS_TOKEN = "AnonymousAuthenticationToken";
    private static final String ANONYMOUS_PRINCIPAL = "anonymousUser";

    private static final Set<String> ALWAYS_AUTHENTICATED = Set.of(
            "org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken",
            "org.springframework.security.saml2.provider.service.authentication.Saml2Authentication",
            "org.springframework.security.saml2.provider.service.authentication.Saml2AssertionAuthentication");

    /** Of one login; what comes after them is no role of ours. */
    private static final int MAX_AUTHORITIES = 1_000;

    private final @Nullable String userPath;
    private final Advice advice;

    SpringIdentity(@Nullable String userPath, Advice advice) {
        this.userPath = userPath;
        this.advice = advice;
    }

    @Override
    public @Nullable Identity identify(Node context) {
        return identify(context, null);
    }

    /**
     * As above.
     *
     * @param nameAttribute the session attribute that names the user for Spring Session's index; null when there is none
     */
    @Nullable
    Identity identify(Node context, @Nullable String nameAttribute) {
        Node authentication = context.get("authentication");
        if (!isAuthenticated(authentication) || isAnonymous(authentication)) {
            return null;
        }
        String name = nameAttribute != null ? nameAttribute : name(context, authentication);
        if (name == null) {
            advice.warn(
                    "Somebody is logged in on the Spring site with a principal of an unknown kind. Set"
                            + " sidestream.session.spring.user-path to where its name is, such as authentication.principal.login.");
            return null;
        }
        return new Identity(new User(name, name, roles(authentication)));
    }

    /** JSON leaves the mark out for the tokens that cannot be without it. */
    private static boolean isAuthenticated(Node authentication) {
        Node mark = authentication.get("authenticated");
        return mark == Node.Blank.NULL ? ALWAYS_AUTHENTICATED.contains(SpringTree.type(authentication)) : mark.isTrue();
    }

    private static boolean isAnonymous(Node authentication) {
        return SpringTree.type(authentication).endsWith(ANONYMOUS_TOKEN)
                || (authentication.get("principal") instanceof Text principal
                        && principal.value().equals(ANONYMOUS_PRINCIPAL));
    }

    private @Nullable String name(Node context, Node authentication) {
        if (userPath != null) {
            String configured = identifier(at(context, userPath));
            if (configured != null) {
                return configured;
            }
        }
        Node principal = authentication.get("principal");
        String name = identifier(principal);
        if (name == null) {
            name = identifier(entry(principal, "username"));
        }
        if (name == null) {
            name = oauth2(principal);
        }
        if (name == null) {
            name = identifier(entry(principal, "name"));
        }
        return name != null ? name : identifier(authentication.get("name"));
    }

    /** An OAuth2 user's name is the claim that its provider's settings choose; an OIDC user's claims are in its tokens. */
    private static @Nullable String oauth2(Node principal) {
        String claim = identifier(principal.get("nameAttributeKey"));
        if (claim == null) {
            return null;
        }
        String name = identifier(entry(principal.get("attributes"), claim));
        if (name == null) {
            name = identifier(entry(at(principal, "idToken.claims"), claim));
        }
        return name != null ? name : identifier(entry(at(principal, "userInfo.claims"), claim));
    }

    /** Each authority is looked at once, however often a stream refers to it. */
    private static Set<String> roles(Node authentication) {
        Set<String> roles = new HashSet<>();
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node authority : elements(authentication.get("authorities"))) {
            if (seen.size() < MAX_AUTHORITIES && seen.add(authority)) {
                add(authority, roles);
                add(authority.get("role"), roles);
                add(authority.get("authority"), roles);
            }
        }
        return roles;
    }

    private static void add(Node candidate, Set<String> roles) {
        if (candidate instanceof Text role && !role.value().isEmpty()) {
            roles.add(role.value());
        }
    }
}
