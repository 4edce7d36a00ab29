/**
 * Spring Boot's configuration of the channel layer: from {@code spring.data.redis.*} and {@code sidestream.*} to beans. Imports
 * every other package of the module, Spring and Spring Boot.
 */
@NullMarked
package dev.sidestream.channel.autoconfigure;

import org.jspecify.annotations.NullMarked;
