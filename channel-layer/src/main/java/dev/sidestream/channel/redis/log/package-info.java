/**
 * The fan-out logs: reading them without a hole, what an entry holds, and handing it to rooms and mailboxes of this node. May
 * import {@code redis.link}, {@code redis.keys}, the API package, Lettuce and Netty; nothing of Spring.
 */
@NullMarked
package dev.sidestream.channel.redis.log;

import org.jspecify.annotations.NullMarked;
