/**
 * What happens to connections between processes: cuts, freezes, delays. Imports nothing else of these tests.
 */
@NullMarked
package dev.sidestream.e2e.fault;

import org.jspecify.annotations.NullMarked;
