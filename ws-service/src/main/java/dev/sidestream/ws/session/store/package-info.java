/**
 * What the resolvers of all frameworks with sessions in Redis share: cookies, keys, reading, caching. May import
 * {@code session} and {@code session.format}.
 */
@NullMarked
package dev.sidestream.ws.session.store;

import org.jspecify.annotations.NullMarked;
