package dev.sidestream.e2e.sites;

import java.security.Principal;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** A site as many are: WebFlux with Spring Security's form login and Spring Session in Redis. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(ReactiveOrders.class)
@RestController
public class WebFluxSite {

    /** The environment is that of {@link SiteSettings}. */
    public static void main(String[] args) {
        SpringApplication site = new SpringApplication(WebFluxSite.class);
        site.setDefaultProperties(SiteSettings.of("reactive"));
        site.run(args);
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
        return http.authorizeExchange(paths -> paths.pathMatchers("/whoami")
                        .authenticated()
                        .anyExchange()
                        .permitAll())
                .formLogin(login -> login.authenticationSuccessHandler((exchange, who) -> Mono.empty()))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .build();
    }

    @Bean
    MapReactiveUserDetailsService users() {
        return new MapReactiveUserDetailsService(User.withUsername("alice")
                .password("{noop}wonderland")
                .roles("USER")
                .build());
    }

    @GetMapping("/")
    String page(WebSession session) {
        session.getAttributes().merge("visits", 1, (was, one) -> (Integer) was + 1);
        return "<form method=post action=/login><input name=username><input name=password></form>";
    }

    @GetMapping("/whoami")
    Map<String, String> whoami(Principal user) {
        return Map.of("id", user.getName(), "name", user.getName());
    }
}
