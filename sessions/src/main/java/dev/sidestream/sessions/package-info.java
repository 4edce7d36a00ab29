/**
 * Who is connecting: reads the site's login sessions where the site keeps them, and watches them afterwards. Knows no
 * socket, so it is of use to any Java program; {@code sessions.program} is where one begins. Imports no other package of
 * Sidestream; the module uses of others only {@code channel.redis.link}, the connections to Redis.
 */
@NullMarked
package dev.sidestream.sessions;

import org.jspecify.annotations.NullMarked;
