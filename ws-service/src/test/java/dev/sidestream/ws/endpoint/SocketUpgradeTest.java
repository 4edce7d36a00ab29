package dev.sidestream.ws.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import reactor.netty.ReactorNetty;

class SocketUpgradeTest {

    /** Else each socket would keep the whole exchange of its handshake in memory, and nobody would notice. */
    @Test
    void findsTheOperationsOfAChannelWhereReactorNettyKeepsThem() throws ReflectiveOperationException {
        Field connection = ReactorNetty.class.getDeclaredField("CONNECTION");
        connection.setAccessible(true);

        assertThat(connection.get(null)).isSameAs(SocketUpgrade.OPERATIONS);
    }
}
