/**
 * The visitor's HTTP side: tickets. May import {@code admission}
 * and what lies below it.
 */
@NullMarked
package dev.sidestream.ws.api;

import org.jspecify.annotations.NullMarked;
