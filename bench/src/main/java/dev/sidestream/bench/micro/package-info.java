/**
 * Microbenchmarks, run by {@code bench/run jmh}. Those of types that a package keeps to itself lie beside them, in packages of that
 * name in this module. May import the service.
 */
@NullMarked
package dev.sidestream.bench.micro;

import org.jspecify.annotations.NullMarked;
