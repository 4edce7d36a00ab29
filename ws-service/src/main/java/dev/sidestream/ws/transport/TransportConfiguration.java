package dev.sidestream.ws.transport;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** The event loops of the server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TransportProperties.class)
public class TransportConfiguration {

    @Bean
    AcceptFailures acceptFailures(MeterRegistry meters) {
        return new AcceptFailures(meters, System::nanoTime);
    }

    /**
     * One event loop per processor. Reactor Netty starts four at least; a room whose members are spread over more loops than
     * can run at once costs a task and a wake-up per loop and message.
     */
    @Bean
    @ConditionalOnMissingBean
    ReactorResourceFactory reactorResourceFactory(TransportProperties transport) {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResourcesSupplier(() -> new TransportLoopResources(
                transport.kind(), Runtime.getRuntime().availableProcessors()));
        return resources;
    }
}
