/** The HTTP side: health. May import {@code fanout} and what lies below it. */
@NullMarked
package dev.sidestream.ws.api;

import org.jspecify.annotations.NullMarked;
