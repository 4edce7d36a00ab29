/**
 * Sessions of Spring Session with logins of Spring Security, as their Redis repositories write them. May import
 * {@code sessions}, {@code sessions.format} and {@code sessions.store}; no class of Spring Session or Security.
 */
@NullMarked
package dev.sidestream.sessions.spring;

import org.jspecify.annotations.NullMarked;
