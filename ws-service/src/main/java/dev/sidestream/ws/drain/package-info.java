/** Leaving on purpose, without losing anybody. May import {@code admission} and what lies below it. */
@NullMarked
package dev.sidestream.ws.drain;

import org.jspecify.annotations.NullMarked;
