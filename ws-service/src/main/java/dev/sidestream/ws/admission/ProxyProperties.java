package dev.sidestream.ws.admission;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who stands in front, {@code sidestream.proxy.*}.
 *
 * @param trusted networks in CIDR form whose {@code X-Forwarded-For} is believed; a proxy there must set the header, not
 *     append to what the client sent
 */
@ConfigurationProperties("sidestream.proxy")
public record ProxyProperties(
        @DefaultValue({"127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"})
        List<String> trusted) {}
