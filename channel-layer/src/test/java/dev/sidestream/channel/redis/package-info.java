/** The channel layer on real Redis servers, whole and broken. */
@NullMarked
package dev.sidestream.channel.redis;

import org.jspecify.annotations.NullMarked;
