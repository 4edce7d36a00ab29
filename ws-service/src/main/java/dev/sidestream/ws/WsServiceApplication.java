package dev.sidestream.ws;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The sidecar as a program of its own. It scans nothing: all that it is stands in {@link SidestreamAutoConfiguration}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WsServiceApplication {

    public static void main(String[] args) {
        // Lettuce prefers epoll and says so in a warning per connection where io_uring, there for the sockets, is in
        // reach.
        System.getProperties().putIfAbsent("io.lettuce.core.iouring", "false");
        // Asked to leave, during the start too, it drains in Spring's shutdown hook and ends with 0; the JVM's own
        // answer to SIGTERM does the same but ends with 143, as a failure.
        Termination.answer(() -> Thread.ofPlatform().name("sidestream-term").start(() -> System.exit(0)));
        SpringApplication.run(WsServiceApplication.class, args);
    }
}
