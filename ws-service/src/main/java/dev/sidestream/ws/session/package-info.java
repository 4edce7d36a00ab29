/**
 * Who is connecting: reads the site's login sessions where the site keeps them, and watches them afterwards. May import
 * {@code protocol}, {@code limits} and the Redis client; knows no connection.
 */
@NullMarked
package dev.sidestream.ws.session;

import org.jspecify.annotations.NullMarked;
