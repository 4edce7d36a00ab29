/** What the service is compared with: the least that a server on Netty can do. May import Netty. */
@NullMarked
package dev.sidestream.bench.baseline;

import org.jspecify.annotations.NullMarked;
