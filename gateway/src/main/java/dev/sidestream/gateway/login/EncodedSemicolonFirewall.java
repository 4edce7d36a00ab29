package dev.sidestream.gateway.login;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * The strict firewall, which lets {@code %3B} pass. A bare semicolon stays refused: it starts a path parameter, which servers
 * and filters read differently.
 */
final class EncodedSemicolonFirewall extends StrictHttpFirewall {

    EncodedSemicolonFirewall() {
        setAllowSemicolon(true);
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        if (request.getRequestURI().indexOf(';') >= 0) {
            throw new RequestRejectedException("A path with a bare semicolon is refused");
        }
        return super.getFirewalledRequest(request);
    }
}
