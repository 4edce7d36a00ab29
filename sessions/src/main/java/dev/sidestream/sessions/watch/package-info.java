/**
 * Watches the sessions that sockets stand on, and extends them when users are active. May import {@code sessions} and
 * {@code sessions.store}; knows no connection.
 */
@NullMarked
package dev.sidestream.sessions.watch;

import org.jspecify.annotations.NullMarked;
