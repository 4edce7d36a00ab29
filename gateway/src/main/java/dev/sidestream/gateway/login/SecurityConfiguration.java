package dev.sidestream.gateway.login;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Form login with CSRF protection, as Spring Security does it unless told otherwise. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    UserDetailsService users(LoginProperties properties) {
        return new InMemoryUserDetailsManager(
                properties.users().stream().map(SecurityConfiguration::details).toArray(UserDetails[]::new));
    }

    private static UserDetails details(DemoUser user) {
        return User.withUsername(user.name())
                .password(user.encodedPassword())
                .roles("USER")
                .build();
    }

    /** The health of the management port needs no login; nginx does not pass it on. */
    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain site(HttpSecurity http, HeaderWriter contentSecurityPolicy) {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/assets/**", "/favicon.ico", "/login", "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/login"))
                .logout(logout -> logout.logoutSuccessUrl("/login?logout"))
                .headers(headers -> headers.addHeaderWriter(contentSecurityPolicy)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /** Rooms may be named with a semicolon, which the stock firewall refuses even when it is encoded. */
    @Bean
    HttpFirewall httpFirewall() {
        return new EncodedSemicolonFirewall();
    }
}
