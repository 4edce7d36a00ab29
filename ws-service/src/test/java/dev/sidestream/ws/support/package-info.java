/**
 * Started nodes and bare clients for the tests of this module. Imports everything that it starts; imported by tests only.
 */
@NullMarked
package dev.sidestream.ws.support;

import org.jspecify.annotations.NullMarked;
