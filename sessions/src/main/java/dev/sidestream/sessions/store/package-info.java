/**
 * What the resolvers of all frameworks with sessions in Redis share: cookies, keys, reading, caching. May import
 * {@code sessions} and {@code sessions.format}.
 */
@NullMarked
package dev.sidestream.sessions.store;

import org.jspecify.annotations.NullMarked;
