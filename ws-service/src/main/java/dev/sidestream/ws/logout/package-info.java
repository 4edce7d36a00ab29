/** Closes connections whose session is over or was revoked. May import {@code connection} and what lies below it. */
@NullMarked
package dev.sidestream.ws.logout;

import org.jspecify.annotations.NullMarked;
