/**
 * From the log to the rooms: continuity of each room with members here, joining without a hole, and what is proved again
 * after a fault. May import {@code room} and what lies below it. Everything in it runs on the channel layer's executor.
 */
@NullMarked
package dev.sidestream.ws.fanout;

import org.jspecify.annotations.NullMarked;
