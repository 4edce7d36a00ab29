import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.jackson2.SecurityJackson2Modules;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** Prints the contexts of a few logins as this version of Spring Security serializes them. */
public class ContextRecorder {

    public static void main(String[] args) throws Exception {
        var roles = AuthorityUtils.createAuthorityList("ROLE_ADMIN", "ROLE_USER");
        var form = UsernamePasswordAuthenticationToken.authenticated(new User("alice", "secret", roles), null, roles);
        Map<String, Object> claims = Map.of("sub", "248289761001", "preferred_username", "alice");
        var idToken = new OidcIdToken("secret", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), claims);
        var oidc = new DefaultOidcUser(roles, idToken, new OidcUserInfo(claims), "preferred_username");
        var oauth2 = new DefaultOAuth2User(roles, Map.of("id", 42, "login", "alice"), "login");

        Map<String, Authentication> logins = new LinkedHashMap<>();
        logins.put("form", form);
        logins.put("name", UsernamePasswordAuthenticationToken.authenticated("alice", null, roles));
        logins.put("remembered", new RememberMeAuthenticationToken("key", new User("alice", "secret", roles), roles));
        logins.put("preauthenticated", new PreAuthenticatedAuthenticationToken("alice", "secret", roles));
        logins.put("oidc", new OAuth2AuthenticationToken(oidc, roles, "provider"));
        logins.put("oauth2", new OAuth2AuthenticationToken(oauth2, roles, "provider"));
        logins.put("anonymous", new AnonymousAuthenticationToken("key", "anonymousUser", roles));
        logins.put("unauthenticated", UsernamePasswordAuthenticationToken.unauthenticated("alice", "secret"));

        ObjectMapper json = new ObjectMapper();
        json.registerModules(SecurityJackson2Modules.getModules(ContextRecorder.class.getClassLoader()));
        Map<String, Map<String, String>> recorded = new LinkedHashMap<>();
        for (var login : logins.entrySet()) {
            var context = new SecurityContextImpl(login.getValue());
            recorded.put(
                    login.getKey(),
                    Map.of("java", base64(java(context)), "json", base64(json.writeValueAsBytes(context))));
        }
        System.out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(recorded));
    }

    private static byte[] java(Object object) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
