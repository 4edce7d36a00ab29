/**
 * Asks the site itself who a request is from, over HTTP: for every site whose sessions cannot be read. May import {@code sessions}, {@code sessions.format} and
 * {@code sessions.store}.
 */
@NullMarked
package dev.sidestream.sessions.http;

import org.jspecify.annotations.NullMarked;
