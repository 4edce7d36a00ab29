/** The pages of rooms; imports the channel layer's rule for room names and {@code web}. */
@NullMarked
package dev.sidestream.gateway.room;

import org.jspecify.annotations.NullMarked;
