package dev.sidestream.channel.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.channel.BlockingChannelLayer;
import dev.sidestream.channel.ChannelLayer;
import dev.sidestream.channel.Mailbox;
import dev.sidestream.channel.Message;
import dev.sidestream.channel.Publication;
import dev.sidestream.channel.testing.EachRedis;
import dev.sidestream.channel.testing.Inbox;
import dev.sidestream.channel.testing.RedisTestConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The layer finds the Redis that Spring Boot connects the application to, by whatever means. */
@EachRedis
@SpringBootTest(classes = ServiceConnectionIT.class, properties = "sidestream.node.id=found")
@ImportAutoConfiguration({
    ServiceConnectionAutoConfiguration.class,
    DataRedisAutoConfiguration.class,
    ChannelLayerAutoConfiguration.class
})
@Import(RedisTestConfiguration.class)
class ServiceConnectionIT {

    @Autowired
    private ChannelLayer layer;

    @Test
    void usesTheConnectionDetailsOfTheApplication() {
        Inbox inbox = new Inbox();
        try (Mailbox mailbox = layer.open(inbox)) {
            assertThat(mailbox.channel()).startsWith("found.");
            BlockingChannelLayer.on(layer).send(mailbox.channel(), new Message("x", "hello"));
            assertThat(inbox.await(1)).containsExactly("hello");
        }
        assertThat(BlockingChannelLayer.on(layer)
                        .publish("lobby", Publication.of(null, "1"))
                        .position()
                        .seq())
                .isEqualTo(1);
    }
}
