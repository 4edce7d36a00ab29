/**
 * Bounded readers of what frameworks write into session stores: bytes in, an inert tree out. No class is loaded and nothing
 * of the bytes is run. Imports nothing of Sidestream; JSON is Jackson's.
 */
@NullMarked
package dev.sidestream.sessions.format;

import org.jspecify.annotations.NullMarked;
