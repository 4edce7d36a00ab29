/**
 * The members of a room on this node, and how a publication reaches them. May import {@code connection} and what lies below it.
 */
@NullMarked
package dev.sidestream.ws.room;

import org.jspecify.annotations.NullMarked;
