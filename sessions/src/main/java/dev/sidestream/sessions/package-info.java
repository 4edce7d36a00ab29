/**
 * Who is connecting: reads the site's login sessions where the site keeps them, and watches them afterwards. Knows no
 * socket, so it is of use to any Java program. May import the connections to Redis ({@code redis.link} of channel-layer).
 */
@NullMarked
package dev.sidestream.sessions;

import org.jspecify.annotations.NullMarked;
