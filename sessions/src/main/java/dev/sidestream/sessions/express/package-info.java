/**
 * Sessions of Express: express-session with connect-redis, with or without passport. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.sessions.express;

import org.jspecify.annotations.NullMarked;
