/**
 * Sessions of Laravel with the redis driver and its encrypted cookie. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.sessions.laravel;

import org.jspecify.annotations.NullMarked;
