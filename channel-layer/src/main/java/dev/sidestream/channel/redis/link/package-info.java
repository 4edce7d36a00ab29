/**
 * Our own connections to Redis, alike on standalone, Sentinel and Cluster: Lettuce's options, reconnecting, scripts, batches of
 * commands. Knows nothing of channels and rooms. May import Lettuce, Netty and SLF4J; nothing of Sidestream.
 */
@NullMarked
package dev.sidestream.channel.redis.link;

import org.jspecify.annotations.NullMarked;
