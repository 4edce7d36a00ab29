/** The channel layer inside one JVM. */
@NullMarked
package dev.sidestream.channel.memory;

import org.jspecify.annotations.NullMarked;
