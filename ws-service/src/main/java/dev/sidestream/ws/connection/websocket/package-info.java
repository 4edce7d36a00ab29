/**
 * What is WebSocket's alone: one live socket on Netty's channel, its frames in order, its farewell and heartbeat. May import
 * {@code connection} and what lies below it.
 */
@NullMarked
package dev.sidestream.ws.connection.websocket;

import org.jspecify.annotations.NullMarked;
