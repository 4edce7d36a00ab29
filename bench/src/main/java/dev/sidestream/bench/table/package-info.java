/** Tables as text. Imports no other package. */
@NullMarked
package dev.sidestream.bench.table;

import org.jspecify.annotations.NullMarked;
