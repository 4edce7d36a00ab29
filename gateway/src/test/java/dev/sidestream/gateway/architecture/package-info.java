/** The rules that the site's packages keep; imports ArchUnit. */
@NullMarked
package dev.sidestream.gateway.architecture;

import org.jspecify.annotations.NullMarked;
