/**
 * A client as the rest of the service sees it: {@code Outlet} below, {@code Connection} for consumers; the registry of all, and the
 * event loops with their wheel. Knows no transport. May import {@code scope}, {@code protocol}, {@code limits}, the sessions and
 * the channel layer.
 */
@NullMarked
package dev.sidestream.ws.connection;

import org.jspecify.annotations.NullMarked;
