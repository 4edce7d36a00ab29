package dev.sidestream.e2e.sites;

import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A site as many are: Spring MVC with Spring Security's form login and CSRF tokens, and Spring Session in Redis. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(Orders.class)
@RestController
public class MvcSite {

    /** The environment is that of {@link SiteSettings}. */
    public static void main(String[] args) {
        SpringApplication site = new SpringApplication(MvcSite.class);
        site.setDefaultProperties(SiteSettings.of("servlet"));
        site.run(args);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        return http.authorizeHttpRequests(paths -> paths.requestMatchers("/", "/login")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(login -> login.defaultSuccessUrl("/whoami"))
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(User.withUsername("alice")
                .password("{noop}wonderland")
                .roles("USER")
                .build());
    }

    @GetMapping("/")
    String page(HttpSession session, CsrfToken csrf) {
        session.setAttribute("visits", session.getAttribute("visits") instanceof Integer visits ? visits + 1 : 1);
        return "<form method=post action=/login><input name=\"" + csrf.getParameterName() + "\" type=hidden value=\""
                + csrf.getToken() + "\"><input name=username><input name=password></form>";
    }

    @GetMapping("/whoami")
    Map<String, String> whoami(Principal user) {
        return Map.of("id", user.getName(), "name", user.getName());
    }
}
