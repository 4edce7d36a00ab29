/** A channel layer inside one JVM, for unit tests of programs that use one. Imports the API package and Reactor. */
@NullMarked
package dev.sidestream.channel.memory;

import org.jspecify.annotations.NullMarked;
