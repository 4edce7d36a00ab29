/**
 * The channel layer: how any Java program sends to channels, groups and rooms. The API and its value types. May import Reactor;
 * nothing of Redis or Spring, and nothing else of Sidestream.
 */
@NullMarked
package dev.sidestream.channel;

import org.jspecify.annotations.NullMarked;
