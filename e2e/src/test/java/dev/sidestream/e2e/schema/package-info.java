/**
 * Holds frames against the JSON Schema in docs. Imports nothing else of these tests.
 */
@NullMarked
package dev.sidestream.e2e.schema;

import org.jspecify.annotations.NullMarked;
