/**
 * The processes of a whole running system: Redis, the site, nodes, nginx. Imports nothing else of these tests.
 */
@NullMarked
package dev.sidestream.e2e.system;

import org.jspecify.annotations.NullMarked;
