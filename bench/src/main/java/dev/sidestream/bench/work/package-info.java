/** The works that are measured, each with its goal. May import {@code lab}, {@code plot} and {@code table}. */
@NullMarked
package dev.sidestream.bench.work;

import org.jspecify.annotations.NullMarked;
