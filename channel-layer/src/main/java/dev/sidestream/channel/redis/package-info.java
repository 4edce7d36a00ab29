/**
 * The channel layer on Redis: publishing, histories, leases and what a program agrees on with others. May import
 * {@code redis.log}, {@code redis.link}, {@code redis.keys}, the API package, Lettuce, Netty's executors and Reactor; nothing of
 * Spring.
 */
@NullMarked
package dev.sidestream.channel.redis;

import org.jspecify.annotations.NullMarked;
