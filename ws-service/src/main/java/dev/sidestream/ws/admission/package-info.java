/**
 * Admission before the upgrade: drain, origin, route, limits (all local), then the session (the only I/O). May import
 * {@code consumer}, {@code drain} and what lies below them.
 */
@NullMarked
package dev.sidestream.ws.admission;

import org.jspecify.annotations.NullMarked;
