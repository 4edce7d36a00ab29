package dev.sidestream.ws;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Gives settings of Spring Boot the defaults that a socket service wants, below everything else, so that an application with
 * consumers of its own has them too and may override each.
 */
public final class SidestreamDefaults implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            ClassPathResource defaults = new ClassPathResource(
                    "sidestream-defaults.properties", getClass().getClassLoader());
            environment.getPropertySources().addLast(new ResourcePropertySource("sidestream-defaults", defaults));
        } catch (IOException e) {
            throw new UncheckedIOException("sidestream-defaults.properties is missing from the jar", e);
        }
    }
}
