/**
 * Where a request becomes a socket: WebFlux on one side, Netty's channel on the other. May import {@code admission} and what
 * lies below it.
 */
@NullMarked
package dev.sidestream.ws.endpoint;

import org.jspecify.annotations.NullMarked;
