/**
 * Every key of the contract in Redis, and how names become part of them. May import the API package; nothing else of Sidestream,
 * and no library.
 */
@NullMarked
package dev.sidestream.channel.redis.keys;

import org.jspecify.annotations.NullMarked;
