package dev.sidestream.ws.rights;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may do what, where the application does not say. */
@Configuration(proxyBeanMethods = false)
public class RightsConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RoomPolicy roomPolicy() {
        return (user, room) -> RoomAccess.WRITE;
    }
}
