/**
 * The channel layer on Redis: connections, keys, scripts, the log and its reader. Imports the API package, Lettuce, Netty's
 * executors and Reactor; nothing of Spring.
 */
@NullMarked
package dev.sidestream.channel.redis;

import org.jspecify.annotations.NullMarked;
