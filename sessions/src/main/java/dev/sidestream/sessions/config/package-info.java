/** Puts the resolvers together from the settings. May import every other package of {@code session}. */
@NullMarked
package dev.sidestream.sessions.config;

import org.jspecify.annotations.NullMarked;
