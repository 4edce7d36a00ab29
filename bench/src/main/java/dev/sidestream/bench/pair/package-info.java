/** Two builds of the service measured in turn, and what the newer one costs in terms of the older. May import {@code lab} and {@code table}. */
@NullMarked
package dev.sidestream.bench.pair;

import org.jspecify.annotations.NullMarked;
