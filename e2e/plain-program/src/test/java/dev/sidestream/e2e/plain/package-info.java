/** A program on the channel layer without a framework. */
@NullMarked
package dev.sidestream.e2e.plain;

import org.jspecify.annotations.NullMarked;
