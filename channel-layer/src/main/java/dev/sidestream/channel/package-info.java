/**
 * The channel layer: how any Java program sends to channels, groups and rooms. The API and its value types; imports nothing
 * of Redis or Spring.
 */
@NullMarked
package dev.sidestream.channel;

import org.jspecify.annotations.NullMarked;
