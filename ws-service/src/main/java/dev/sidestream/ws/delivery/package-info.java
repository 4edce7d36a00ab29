/**
 * How a publication reaches the members of a room on one event loop: encoded once per dialect, gathered into bursts, written in
 * passes. May import {@code connection} and what lies below it.
 */
@NullMarked
package dev.sidestream.ws.delivery;

import org.jspecify.annotations.NullMarked;
