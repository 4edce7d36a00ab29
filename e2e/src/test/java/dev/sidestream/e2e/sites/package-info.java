/**
 * Sites of Spring that the tests run as processes of their own. Imports nothing of the other packages.
 */
@NullMarked
package dev.sidestream.e2e.sites;

import org.jspecify.annotations.NullMarked;
