/**
 * Sessions of plain PHP, as the session handler of phpredis writes them. May import {@code sessions}, {@code sessions.format} and
 * {@code sessions.store}.
 */
@NullMarked
package dev.sidestream.sessions.php;

import org.jspecify.annotations.NullMarked;
