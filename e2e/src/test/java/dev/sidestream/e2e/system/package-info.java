/**
 * The processes of a whole running system: Redis, the site, nodes, nginx. May import client and fault.
 */
@NullMarked
package dev.sidestream.e2e.system;

import org.jspecify.annotations.NullMarked;
