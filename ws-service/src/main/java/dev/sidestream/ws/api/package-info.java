/** The HTTP side: tickets and health. May import {@code handshake} and what lies below it. */
@NullMarked
package dev.sidestream.ws.api;

import org.jspecify.annotations.NullMarked;
