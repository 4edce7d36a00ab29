/** Bounds: their settings, and the buckets and counters that hold to them. Imports only the JDK and Spring's binding. */
@NullMarked
package dev.sidestream.ws.limits;

import org.jspecify.annotations.NullMarked;
