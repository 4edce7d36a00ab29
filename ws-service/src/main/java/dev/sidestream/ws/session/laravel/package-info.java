/**
 * Sessions of Laravel with the redis driver and its encrypted cookie. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.ws.session.laravel;

import org.jspecify.annotations.NullMarked;
