package dev.sidestream.ws.drain;

import dev.sidestream.ws.connection.ConnectionRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Random;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Leaving on purpose. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DrainProperties.class)
public class DrainConfiguration {

    @Bean
    Drain drain(ConnectionRegistry registry, DrainProperties settings) {
        return new Drain(registry, settings, new Random());
    }

    @Bean
    DrainMetrics drainMetrics(MeterRegistry meters, Drain drain) {
        return new DrainMetrics(meters, drain);
    }
}
