package dev.sidestream.channel.autoconfigure;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.ChannelLayerException.Kind;
import dev.sidestream.channel.redis.RedisChannelLayer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the layer, once, before anything is served and after every bean that listens to it was made. A program that contradicts the
 * others on its Redis does not start; one that finds no Redis does, and works when Redis is back.
 */
final class ChannelLayerStarter implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelLayerStarter.class);

    private static final long PATIENCE_SECONDS = 5;

    private final RedisChannelLayer layer;
    private volatile boolean running;

    ChannelLayerStarter(RedisChannelLayer layer) {
        this.layer = layer;
    }

    @Override
    public void start() {
        running = true;
        try {
            layer.start()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChannelLayerException known && known.kind() == Kind.INVALID) {
                throw known;
            }
            LOG.atWarn().addKeyValue("cause", e.getCause()).log("Started without Redis, which is tried again");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Web servers start in the last phases. */
    @Override
    public int getPhase() {
        return 0;
    }
}
