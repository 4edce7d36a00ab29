/**
 * A channel layer inside one JVM, for unit tests of programs that use one. May import the API package and Reactor; nothing of Redis
 * or Spring.
 */
@NullMarked
package dev.sidestream.channel.memory;

import org.jspecify.annotations.NullMarked;
