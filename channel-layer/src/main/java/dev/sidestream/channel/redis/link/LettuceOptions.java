package dev.sidestream.channel.redis.link;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.TimeoutOptions.TimeoutSource;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Lettuce that the promises rest on: nothing is queued while disconnected, nothing is sent twice, everything
 * ends in bounded time, and a peer that vanished is noticed.
 */
final class LettuceOptions {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Unacknowledged data for this long end the connection; without it Linux retries for a quarter of an hour. */
    private static final Duration TCP_USER_TIMEOUT = Duration.ofSeconds(5);

    /** A new topology is seen this late when no command met a redirection. */
    private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(10);

    /** Commands that share one send at most; a larger burst is flushed in between so that Redis starts early. */
    private static final int FLUSH_AFTER = 128;

    private LettuceOptions() {}

    static ClientResources resources(OneLoop loop) {
        return DefaultClientResources.builder()
                .eventLoopGroupProvider(loop)
                .computationThreadPoolSize(2)
                .reconnectDelay(
                        Delay.fullJitter(Duration.ofMillis(50), Duration.ofMillis(1_500), 100, TimeUnit.MILLISECONDS))
                .nettyCustomizer(new FlushAtEndOfTurn())
                .build();
    }

    /** For connections to one master. The owner reconnects: so a lost connection fails its commands at once. */
    static ClientOptions single(RedisEndpoints endpoints, RedisLinkOptions options) {
        return common(ClientOptions.builder(), endpoints, options)
                .autoReconnect(false)
                .build();
    }

    /** For Cluster, where Lettuce keeps the connections to the nodes. */
    static ClusterClientOptions cluster(RedisEndpoints endpoints, RedisLinkOptions options) {
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
        common(builder, endpoints, options).autoReconnect(true).replayFilter(command -> true);
        return builder.validateClusterNodeMembership(false)
                .topologyRefreshOptions(refresh())
                .build();
    }

    @SuppressWarnings("deprecation") // all triggers are the default by now; a site may bring an older Lettuce
    private static ClusterTopologyRefreshOptions refresh() {
        return ClusterTopologyRefreshOptions.builder()
                .enableAllAdaptiveRefreshTriggers()
                .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                .build();
    }

    private static ClientOptions.Builder common(
            ClientOptions.Builder builder, RedisEndpoints endpoints, RedisLinkOptions options) {
        if (endpoints.ssl() != null) {
            builder.sslOptions(endpoints.ssl());
        }
        return builder.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(options.requestQueue())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutCommands()
                        .timeoutSource(new AllButBlockingReads(options.commandTimeout()))
                        .build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .tcpNoDelay(true)
                        .keepAlive(KeepAliveOptions.builder()
                                .enable()
                                .idle(Duration.ofSeconds(5))
                                .interval(Duration.ofSeconds(2))
                                .count(3)
                                .build())
                        .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                                .enable(EpollProvider.isAvailable())
                                .tcpUserTimeout(TCP_USER_TIMEOUT)
                                .build())
                        .build());
    }

    /** The log reader times its blocking reads itself, since only it knows how long they may block. */
    private static final class AllButBlockingReads extends TimeoutSource {

        private final long millis;

        AllButBlockingReads(Duration timeout) {
            this.millis = timeout.toMillis();
        }

        @Override
        public long getTimeout(RedisCommand<?, ?, ?> command) {
            @Nullable ProtocolKeyword type = command.getType();
            return type == CommandType.XREAD ? 0 : millis;
        }
    }

    /** Lettuce flushes each command; this joins the flushes of commands that wait in the event loop's queue to one. */
    private static final class FlushAtEndOfTurn implements NettyCustomizer {

        @Override
        public void afterChannelInitialized(Channel channel) {
            channel.pipeline().addFirst(new FlushConsolidationHandler(FLUSH_AFTER, true));
        }
    }
}
