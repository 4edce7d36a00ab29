package dev.sidestream.sessions.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.sidestream.sessions.User;
import dev.sidestream.sessions.store.Identity;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the user in the claims of a token that was verified. */
record JwtUser(String idClaim, String nameClaim, String rolesClaim) {

    /** Null when the token names nobody. */
    @Nullable
    Identity of(JWTClaimsSet claims) {
        String id = text(claims.getClaim(idClaim));
        if (id == null) {
            return null;
        }
        String name = text(claims.getClaim(nameClaim));
        return new Identity(new User(id, name == null ? id : name, roles(claims.getClaim(rolesClaim))));
    }

    private static @Nullable String text(@Nullable Object claim) {
        return isName(claim) ? String.valueOf(claim) : null;
    }

    /** Whether a claim is what a user can be called by. */
    static boolean isName(@Nullable Object claim) {
        return claim instanceof String text ? User.canBe(text) : claim instanceof Long || claim instanceof Integer;
    }

    private static Set<String> roles(@Nullable Object claim) {
        Set<String> roles = new HashSet<>();
        if (claim instanceof String list) {
            roles.addAll(List.of(list.split(" ")));
        } else if (claim instanceof Collection<?> list) {
            list.forEach(role -> roles.add(String.valueOf(role)));
        }
        roles.remove("");
        return roles;
    }
}
