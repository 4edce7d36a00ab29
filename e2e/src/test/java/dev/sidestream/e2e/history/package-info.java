/**
 * Records what was published and received, and proves what was lost, doubled, reordered or skipped. Imports client.
 */
@NullMarked
package dev.sidestream.e2e.history;

import org.jspecify.annotations.NullMarked;
