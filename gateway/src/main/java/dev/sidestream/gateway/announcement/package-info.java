/** What the site says to a room from its HTTP side; imports the channel layer and {@code room}. */
@NullMarked
package dev.sidestream.gateway.announcement;

import org.jspecify.annotations.NullMarked;
