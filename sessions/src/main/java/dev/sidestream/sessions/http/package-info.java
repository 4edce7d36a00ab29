/**
 * Asks the site itself who a request is from, over HTTP: for every site whose sessions cannot be read. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.sessions.http;

import org.jspecify.annotations.NullMarked;
