/**
 * Tickets: single-use secrets that stand for a session in a URL. May import {@code sessions} and {@code sessions.store}.
 */
@NullMarked
package dev.sidestream.sessions.ticket;

import org.jspecify.annotations.NullMarked;
