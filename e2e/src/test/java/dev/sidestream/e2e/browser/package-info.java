/**
 * The site's pages in a real browser. Imports nothing else of these tests.
 */
@NullMarked
package dev.sidestream.e2e.browser;

import org.jspecify.annotations.NullMarked;
