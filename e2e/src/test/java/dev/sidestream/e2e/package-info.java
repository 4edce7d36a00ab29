/**
 * The running system, seen from outside: through nginx, in browsers, under faults. May import every package below it.
 */
@NullMarked
package dev.sidestream.e2e;

import org.jspecify.annotations.NullMarked;
