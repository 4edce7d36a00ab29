package dev.sidestream.channel.autoconfigure;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who this process is.
 *
 * @param id name of this node: 1 to 64 letters, digits, - and _, unique among those that run; random unless set
 */
@ConfigurationProperties("sidestream.node")
public record NodeProperties(String id) {

    public NodeProperties(@Nullable String id) {
        this.id = id == null || id.isBlank() ? random() : id;
    }

    private static String random() {
        byte[] bytes = new byte[5];
        new SecureRandom().nextBytes(bytes);
        return "n" + HexFormat.of().formatHex(bytes);
    }
}
