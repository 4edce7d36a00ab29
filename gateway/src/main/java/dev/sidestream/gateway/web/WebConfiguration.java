package dev.sidestream.gateway.web;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMapManager;

/** Headers of all pages, and caching of what they load. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    /**
     * Scripts and styles come from the site's own files only, and nothing is inline. {@code 'self'} covers a socket to the
     * page's own origin (Content Security Policy Level 3, section 6.7.2.8).
     */
    @Bean
    HeaderWriter contentSecurityPolicy(WebSocketOrigin socket) {
        String connect = socket.isOfPage() ? "'self'" : "'self' " + socket.websocketOrigin();
        return new StaticHeadersWriter(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src " + connect
                        + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    }

    /**
     * Assets are asked for again each time and answered with 304 while they are the same. The tag is made of their bytes:
     * the times of files in a reproducible jar say nothing.
     */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> assetTags() {
        FilterRegistrationBean<ShallowEtagHeaderFilter> registration =
                new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        registration.addUrlPatterns("/assets/*");
        return registration;
    }

    @Bean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
    FlashMapManager flashMapManager() {
        return new NoFlashMaps();
    }
}
