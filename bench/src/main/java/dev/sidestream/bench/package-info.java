/** The command line of the benchmarks. May import every package below it. */
@NullMarked
package dev.sidestream.bench;

import org.jspecify.annotations.NullMarked;
