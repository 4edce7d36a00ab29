/**
 * Sessions of plain PHP, as the session handler of phpredis writes them. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.sessions.php;

import org.jspecify.annotations.NullMarked;
