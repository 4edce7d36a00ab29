/** The program. May import every package below it; nothing imports it. */
@NullMarked
package dev.sidestream.ws;

import org.jspecify.annotations.NullMarked;
