/**
 * The HTTP side: tickets, health and the meters of the log, and revocation on the management port. May import {@code handshake}
 * and what lies below it.
 */
@NullMarked
package dev.sidestream.ws.api;

import org.jspecify.annotations.NullMarked;
