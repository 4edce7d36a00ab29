package dev.sidestream.sessions.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.sessions.format.Payloads;
import dev.sidestream.sessions.store.Advice;
import dev.sidestream.sessions.store.Identity;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.serializer.JdkSerializationRedisSerializer;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;

/** Principals of all kinds, serialized by Java as today's Spring Security has them. */
class SpringIdentityTest {

    private static final List<GrantedAuthority> ROLES = AuthorityUtils.createAuthorityList("ROLE_USER");

    private record Account(String login, Map<String, String> profile) implements Serializable {}

    private record Named(String name) implements Principal, Serializable {
        @Override
        public String getName() {
            return name;
        }
    }

    /** Writes its roles in a collection of the test's choice. */
    private static final class Token extends AbstractAuthenticationToken {
        private final Object roles;

        Token(Object roles) {
            super(List.of());
            this.roles = roles;
            setAuthenticated(true);
        }

        @Override
        public Object getPrincipal() {
            return "alice";
        }

        @Override
        public Object getCredentials() {
            return String.valueOf(roles);
        }
    }

    @Test
    void knowsOidcAndOAuth2UsersByTheAttributeOfTheirName() throws Exception {
        OidcIdToken token = new OidcIdToken(
                "secret",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                Map.of("sub", "1", "email", "alice@example.org"));
        Authentication oidc = new OAuth2AuthenticationToken(new DefaultOidcUser(ROLES, token, "email"), ROLES, "p");
        Authentication oauth2 = new OAuth2AuthenticationToken(
                new DefaultOAuth2User(ROLES, Map.of("id", 42, "login", "alice"), "id"), ROLES, "p");

        assertThat(name(null, oidc)).isEqualTo("alice@example.org");
        assertThat(name(null, oauth2)).isEqualTo("42");
    }

    @Test
    void knowsAPrincipalWithAName() throws Exception {
        assertThat(name(null, login(new Named("alice")))).isEqualTo("alice");
    }

    @Test
    void findsTheNameOfACustomPrincipalAtTheConfiguredPath() throws Exception {
        Authentication login = login(new Account("alice", new LinkedHashMap<>(Map.of("mail", "alice@example.org"))));

        assertThat(name("authentication.principal.login", login)).isEqualTo("alice");
        assertThat(name("authentication.principal.profile.mail", login)).isEqualTo("alice@example.org");
        assertThat(identify(null, login)).isNull();
        assertThat(identify("authentication.principal.other", login)).isNull();
    }

    @Test
    void knowsNamesThatJsonWritesWithTheirClass() throws Exception {
        for (String id : List.of("42", "\"42\"", "[\"java.lang.Long\",42]", "[\"java.lang.String\",\"42\"]")) {
            String custom = """
                    {"authentication": {"authenticated": true, "principal": {"@class": "site.Account", "id": %s}}}
                    """.formatted(id);
            String oauth2 = """
                    {"authentication": {"authenticated": true, "principal": {"@class": "site.OAuth2",
                      "attributes": {"@class": "java.util.Collections$UnmodifiableMap", "sub": %s},
                      "nameAttributeKey": "sub"}}}
                    """.formatted(id);
            String oidc =
                    oauth2.replace("\"attributes\"", "\"idToken\": {\"claims\"").replace("},\n", "}},\n");
            String plain = """
                    {"authentication": {"authenticated": true, "principal": %s}}
                    """.formatted(id);

            assertThat(json("authentication.principal.id", custom)).as(id).isEqualTo("42");
            for (String context : List.of(oauth2, oidc, plain)) {
                assertThat(json(null, context)).as(context).isEqualTo("42");
            }
        }
    }

    @Test
    void takesNoListForAName() throws Exception {
        for (String list :
                List.of("[\"alice\", \"bob\"]", "[\"java.util.ArrayList\", [\"bob\"]]", "[\"a.b\", \"c\", \"d\"]")) {
            assertThat(json(null, "{\"authentication\": {\"authenticated\": true, \"principal\": " + list + "}}"))
                    .as(list)
                    .isNull();
        }
    }

    private static String json(String path, String context) throws Exception {
        Identity found = new SpringIdentity(path, new Advice())
                .identify(Payloads.JSON.read(context.getBytes(StandardCharsets.UTF_8)));
        return found == null ? null : found.user().id();
    }

    @Test
    void findsRolesInTheCollectionsOfTheJdk() {
        List<GrantedAuthority> two = List.of(new SimpleGrantedAuthority("A"), new SimpleGrantedAuthority("B"));
        @SuppressWarnings("JdkObsolete") // its unmodifiable view is of another class than that of an ArrayList
        List<GrantedAuthority> linked = new LinkedList<>(two);
        for (Collection<GrantedAuthority> roles : List.<Collection<GrantedAuthority>>of(
                two,
                new ArrayList<>(two),
                Arrays.asList(two.toArray(GrantedAuthority[]::new)),
                new HashSet<>(two),
                Set.copyOf(two),
                java.util.Collections.unmodifiableSet(new HashSet<>(two)),
                java.util.Collections.unmodifiableList(linked))) {
            assertThat(elements(roles)).as(roles.getClass().getName()).hasSize(2);
        }
        assertThat(elements(new TreeSet<>(Set.of("A", "B"))))
                .contains(
                        new dev.sidestream.sessions.format.Node.Text("A"),
                        new dev.sidestream.sessions.format.Node.Text("B"));
        assertThat(elements(java.util.Collections.singletonList("A"))).hasSize(1);
        assertThat(elements(java.util.Collections.singleton("A"))).hasSize(1);
        assertThat(elements(List.of())).isEmpty();
        assertThat(elements("text")).isEmpty();
    }

    @Test
    void takesATokenThatIsMarkedAuthenticatedOnlyForALogin() throws Exception {
        Token token = new Token("x");
        assertThat(identify(null, token)).isNull(); // authenticated, but nothing that is a name

        token.setAuthenticated(false);
        assertThat(identify("authentication.roles", token)).isNull();
    }

    private static List<dev.sidestream.sessions.format.Node> elements(Object value) {
        try {
            return SpringTree.elements(Payloads.JAVA.read(new JdkSerializationRedisSerializer().serialize(value)));
        } catch (dev.sidestream.sessions.format.UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    private static Authentication login(Object principal) {
        return UsernamePasswordAuthenticationToken.authenticated(principal, null, ROLES);
    }

    private static String name(String path, Authentication login) throws Exception {
        Identity found = identify(path, login);
        assertThat(found).isNotNull();
        assertThat(found.user().roles()).containsExactly("ROLE_USER");
        return found.user().name();
    }

    private static Identity identify(String path, Authentication login) throws Exception {
        byte[] bytes = new JdkSerializationRedisSerializer().serialize(new SecurityContextImpl(login));
        return new SpringIdentity(path, new Advice()).identify(Payloads.JAVA.read(bytes));
    }
}
