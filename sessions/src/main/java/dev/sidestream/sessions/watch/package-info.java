/**
 * Watches the sessions that sockets stand on, and extends them when users are active. May import {@code session},
 * {@code session.store} and the Redis client; knows no connection.
 */
@NullMarked
package dev.sidestream.sessions.watch;

import org.jspecify.annotations.NullMarked;
