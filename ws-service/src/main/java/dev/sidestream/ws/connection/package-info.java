/**
 * One live socket: its place on the event loop, its frames in order, its bounded outbound queue, its heartbeat; and the
 * registry of all. May import {@code protocol}, {@code session}, {@code limits}, the channel layer and Netty.
 */
@NullMarked
package dev.sidestream.ws.connection;

import org.jspecify.annotations.NullMarked;
