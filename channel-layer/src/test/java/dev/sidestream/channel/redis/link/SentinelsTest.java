package dev.sidestream.channel.redis.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentinelsTest {

    @Test
    void readsWhoWasPromoted() {
        assertThat(Sentinels.promoted("main", "main 127.0.0.1 6379 redis-2.internal 6380"))
                .isEqualTo(InetSocketAddress.createUnresolved("redis-2.internal", 6380));
        assertThat(Sentinels.promoted("main", "main ::1 6379 fd00::2 6379"))
                .isEqualTo(InetSocketAddress.createUnresolved("fd00::2", 6379));
    }

    @Test
    void passesOverOtherMastersAndWhatCannotBeRead() {
        for (String message : List.of(
                "other 127.0.0.1 6379 127.0.0.1 6380",
                "main",
                "",
                "main 127.0.0.1 6379 127.0.0.1 port",
                "main 127.0.0.1 6379 127.0.0.1 65536",
                "main 127.0.0.1 6379 127.0.0.1 6380 more")) {
            assertThat(Sentinels.promoted("main", message)).as(message).isNull();
        }
    }
}
