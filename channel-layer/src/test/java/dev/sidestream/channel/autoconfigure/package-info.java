/** Spring Boot's configuration of the channel layer. */
@NullMarked
package dev.sidestream.channel.autoconfigure;

import org.jspecify.annotations.NullMarked;
