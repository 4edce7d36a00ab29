/** A visitor's browser for tests, and the running site; imports the channel layer's fixtures. */
@NullMarked
package dev.sidestream.gateway.testing;

import org.jspecify.annotations.NullMarked;
