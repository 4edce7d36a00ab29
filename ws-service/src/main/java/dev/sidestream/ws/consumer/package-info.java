/**
 * The programming model: consumers, the routes that lead to them, and the two that ship. May import {@code room} and what
 * lies below it.
 */
@NullMarked
package dev.sidestream.ws.consumer;

import org.jspecify.annotations.NullMarked;
