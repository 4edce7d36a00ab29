/**
 * Bearer tokens: JSON Web Tokens, verified with configured keys. May import {@code session}, {@code session.format} and
 * {@code session.store}.
 */
@NullMarked
package dev.sidestream.sessions.token;

import org.jspecify.annotations.NullMarked;
