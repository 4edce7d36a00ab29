package dev.sidestream.sessions.spring;

import java.util.List;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Security contexts as Spring Security itself makes them. */
public final class SpringLogins {

    private SpringLogins() {}

    /** As form login leaves it: the password erased, the details of the request, the factor that was used. */
    public static SecurityContextImpl form(String name, String... roles) {
        List<GrantedAuthority> authorities = new java.util.ArrayList<>(AuthorityUtils.createAuthorityList(roles));
        UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.authenticated(
                new User(name, "secret-password", authorities), "secret-password", withFactor(authorities));
        token.setDetails(new WebAuthenticationDetails("203.0.113.9", "secret-old-session-id"));
        token.eraseCredentials();
        return new SecurityContextImpl(token);
    }

    /** A principal that is only a name. */
    public static SecurityContextImpl named(String name) {
        return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                name, null, List.of(new SimpleGrantedAuthority("ROLE_USER"))));
    }

    public static SecurityContextImpl unauthenticated(String name) {
        return new SecurityContextImpl(UsernamePasswordAuthenticationToken.unauthenticated(name, "secret-password"));
    }

    public static SecurityContextImpl anonymous() {
        return new SecurityContextImpl(new AnonymousAuthenticationToken(
                "key", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
    }

    public static SecurityContextImpl of(Authentication authentication) {
        return new SecurityContextImpl(authentication);
    }

    private static List<GrantedAuthority> withFactor(List<GrantedAuthority> authorities) {
        List<GrantedAuthority> all = new java.util.ArrayList<>(authorities);
        all.add(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY));
        return all;
    }
}
