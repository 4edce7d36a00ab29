/** The works that are measured, each with its goal. May import {@code lab} and {@code plot}. */
@NullMarked
package dev.sidestream.bench.work;

import org.jspecify.annotations.NullMarked;
