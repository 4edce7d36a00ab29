/**
 * What travels on a socket: frames, close codes and their bytes. May import the value types of the channel layer and the JSON
 * parser; knows no connection.
 */
@NullMarked
package dev.sidestream.ws.protocol;

import org.jspecify.annotations.NullMarked;
