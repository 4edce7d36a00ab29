/**
 * What the resolvers of all frameworks with sessions in Redis share: cookies, keys, reading, caching. May import
 * {@code session}, {@code session.format} and {@code limits}.
 */
@NullMarked
package dev.sidestream.sessions.store;

import org.jspecify.annotations.NullMarked;
