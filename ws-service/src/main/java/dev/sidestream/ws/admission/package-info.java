/**
 * Admission before the upgrade: drain, origin, route, limits (all local), then the session (the only I/O). May import
 * {@code consumer} and what lies below it; whether the node leaves it hears from whoever is its {@code DrainState}.
 */
@NullMarked
package dev.sidestream.ws.admission;

import org.jspecify.annotations.NullMarked;
