/** What is known of a connection when it opens: who, and from where. No I/O. May import {@code User} of the sessions. */
@NullMarked
package dev.sidestream.ws.scope;

import org.jspecify.annotations.NullMarked;
