/**
 * Where a program without Spring begins: who a cookie belongs to, and when that login ends. May import {@code sessions},
 * {@code sessions.store} and {@code sessions.watch}; nobody imports it.
 */
@NullMarked
package dev.sidestream.sessions.program;

import org.jspecify.annotations.NullMarked;
