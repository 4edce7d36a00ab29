/**
 * Puts the resolvers together from the settings of a Spring Boot application, and is the only package that needs one. May
 * import every other package of {@code sessions} but {@code sessions.program}.
 */
@NullMarked
package dev.sidestream.sessions.config;

import org.jspecify.annotations.NullMarked;
