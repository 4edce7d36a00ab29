/** Who may do what in which room. May import {@code User} of the sessions. */
@NullMarked
package dev.sidestream.ws.rights;

import org.jspecify.annotations.NullMarked;
