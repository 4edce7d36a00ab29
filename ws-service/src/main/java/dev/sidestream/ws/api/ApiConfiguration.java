package dev.sidestream.ws.api;

import dev.sidestream.sessions.SessionAuthenticator;
import dev.sidestream.sessions.ticket.Tickets;
import dev.sidestream.ws.admission.CheckFailures;
import dev.sidestream.ws.admission.DrainState;
import dev.sidestream.ws.admission.OriginPolicy;
import dev.sidestream.ws.limits.KeyedBuckets;
import dev.sidestream.ws.limits.LimitsProperties;
import dev.sidestream.ws.rights.RoomPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** The visitor's HTTP side. */
@Configuration(proxyBeanMethods = false)
public class ApiConfiguration {

    @Bean
    RouterFunction<ServerResponse> ticketRoute(
            Tickets tickets,
            SessionAuthenticator sessions,
            OriginPolicy origins,
            RoomPolicy policy,
            DrainState drain,
            LimitsProperties limits,
            CheckFailures failures) {
        KeyedBuckets rate = new KeyedBuckets(limits.rate(), limits.burst(), System::nanoTime);
        TicketEndpoint endpoint =
                new TicketEndpoint(tickets, sessions, origins, policy, drain, rate, failures, JsonMapper.shared());
        return RouterFunctions.route(RequestPredicates.POST("/chat/ticket"), endpoint);
    }
}
