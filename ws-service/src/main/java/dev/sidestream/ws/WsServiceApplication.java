package dev.sidestream.ws;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import sun.misc.Signal;

/** The sidecar as a program of its own. It scans nothing: all that it is stands in {@link SidestreamAutoConfiguration}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WsServiceApplication {

    public static void main(String[] args) {
        // Its one connection to Redis stays with epoll, though there are jars of io_uring for the sockets.
        System.getProperties().putIfAbsent("io.lettuce.core.iouring", "false");
        ConfigurableApplicationContext context = SpringApplication.run(WsServiceApplication.class, args);
        // Asked to leave, it drains and ends with 0; the JVM's own answer to SIGTERM would end with 143, as a failure.
        Signal.handle(
                new Signal("TERM"),
                signal -> Thread.ofPlatform()
                        .name("sidestream-term")
                        .start(() -> System.exit(SpringApplication.exit(context))));
    }
}
