/**
 * The pages of the documentation, so that tests can run what they say. Imports nothing of the other packages.
 */
@NullMarked
package dev.sidestream.e2e.docs;

import org.jspecify.annotations.NullMarked;
