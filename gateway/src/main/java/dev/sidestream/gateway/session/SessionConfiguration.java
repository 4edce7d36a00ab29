package dev.sidestream.gateway.session;

import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Nothing about the sessions themselves: they are what {@code spring-boot-starter-session-data-redis} makes of them. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

    @Bean
    FilterRegistrationBean<StoreAwayFilter> storeAwayFilter() throws IOException {
        FilterRegistrationBean<StoreAwayFilter> registration = new FilterRegistrationBean<>(new StoreAwayFilter());
        registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
        return registration;
    }
}
