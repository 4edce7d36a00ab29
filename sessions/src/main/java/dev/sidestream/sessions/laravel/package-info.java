/**
 * Sessions of Laravel with the redis driver and its encrypted cookie. May import {@code sessions}, {@code sessions.format} and
 * {@code sessions.store}.
 */
@NullMarked
package dev.sidestream.sessions.laravel;

import org.jspecify.annotations.NullMarked;
