/** Draws how figures grow. Imports no other package. */
@NullMarked
package dev.sidestream.bench.plot;

import org.jspecify.annotations.NullMarked;
