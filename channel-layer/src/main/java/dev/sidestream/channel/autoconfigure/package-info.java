/**
 * Spring Boot's configuration of the channel layer: from {@code spring.data.redis.*} and {@code sidestream.*} to beans. The one
 * package that knows Spring, which is an optional dependency of the module. May import every other package.
 */
@NullMarked
package dev.sidestream.channel.autoconfigure;

import org.jspecify.annotations.NullMarked;
