/**
 * What makes a room one unbroken order: continuity of each room with members here, joining without a hole, and what is proved again
 * after a fault. May import {@code delivery} and what lies below it. Everything in it runs on the channel layer's executor.
 */
@NullMarked
package dev.sidestream.ws.room;

import org.jspecify.annotations.NullMarked;
