package dev.sidestream.ws.management;

import dev.sidestream.ws.logout.Revocations;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Adds {@code POST /api/revoke} to the management port, and only where that is a port of its own. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class RevokeManagementConfiguration {

    @Bean
    RouterFunction<ServerResponse> revokeRoute(Revocations revocations) {
        return RouterFunctions.route(RequestPredicates.POST("/api/revoke"), new RevokeHandler(revocations)::handle);
    }
}
