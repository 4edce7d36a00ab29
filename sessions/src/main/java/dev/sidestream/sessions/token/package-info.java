/**
 * Bearer tokens: JSON Web Tokens, verified with configured keys. May import {@code sessions} and {@code sessions.store}.
 */
@NullMarked
package dev.sidestream.sessions.token;

import org.jspecify.annotations.NullMarked;
