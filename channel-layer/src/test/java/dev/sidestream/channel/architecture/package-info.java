/** What the packages of the channel layer may use. */
@NullMarked
package dev.sidestream.channel.architecture;

import org.jspecify.annotations.NullMarked;
