/**
 * Tickets: single-use secrets that stand for a session in a URL. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.sessions.ticket;

import org.jspecify.annotations.NullMarked;
