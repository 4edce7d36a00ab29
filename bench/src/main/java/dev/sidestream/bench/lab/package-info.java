/** What a measurement stands on: the programs, pinned to their cores, and the readings taken from them. Imports no other package. */
@NullMarked
package dev.sidestream.bench.lab;

import org.jspecify.annotations.NullMarked;
