package dev.sidestream.ws.room;

import dev.sidestream.channel.ChannelLayerException;
import dev.sidestream.channel.redis.RedisChannelLayer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Begins to read the log before the first socket is admitted. When Redis is not there yet the service starts all the same,
 * not ready, and goes on trying; when it never can work on this Redis, it refuses to start.
 */
public final class LogLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LogLifecycle.class);

    private static final long PATIENCE_SECONDS = 5;

    private final RedisChannelLayer layer;
    private volatile boolean running;

    public LogLifecycle(RedisChannelLayer layer, Rooms dispatcher) {
        this.layer = layer;
        layer.listen(dispatcher);
    }

    /** Before the web server, which starts in the last phases. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        running = true;
        try {
            layer.start().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof ChannelLayerException failed
                    && failed.kind() == ChannelLayerException.Kind.INVALID) {
                throw failed;
            }
            log.atWarn().setCause(e.getCause()).log("Redis is not available yet; not ready until it is");
        } catch (TimeoutException e) {
            log.warn("Redis did not answer yet; not ready until it does");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
}
