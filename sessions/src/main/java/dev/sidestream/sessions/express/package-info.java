/**
 * Sessions of Express: express-session with connect-redis, with or without passport. May import {@code sessions}, {@code sessions.format} and
 * {@code sessions.store}.
 */
@NullMarked
package dev.sidestream.sessions.express;

import org.jspecify.annotations.NullMarked;
