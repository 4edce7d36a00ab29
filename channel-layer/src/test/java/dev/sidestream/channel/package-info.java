/** The contract that every channel layer is held to. */
@NullMarked
package dev.sidestream.channel;

import org.jspecify.annotations.NullMarked;
