/** The site that already exists, as one program; may import every package below it and nothing of the sidecar. */
@NullMarked
package dev.sidestream.gateway;

import org.jspecify.annotations.NullMarked;
