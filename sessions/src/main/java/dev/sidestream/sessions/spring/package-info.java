/**
 * Sessions of Spring Session with logins of Spring Security, as their Redis repositories write them. May import
 * {@code session}, {@code session.format} and {@code session.store}; no class of Spring Session or Security.
 */
@NullMarked
package dev.sidestream.sessions.spring;

import org.jspecify.annotations.NullMarked;
