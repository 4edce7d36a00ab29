package dev.sidestream.ws.support;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** A pass over a large room gives the core away for a moment, and is runnable again at once. */
public final class ShardYields implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("dev.sidestream.ws.delivery.Shard", "letOthersRun");
    }
}
