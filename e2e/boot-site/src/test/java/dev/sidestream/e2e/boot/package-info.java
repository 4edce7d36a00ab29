/** A site of Spring Boot with the channel layer. */
@NullMarked
package dev.sidestream.e2e.boot;

import org.jspecify.annotations.NullMarked;
