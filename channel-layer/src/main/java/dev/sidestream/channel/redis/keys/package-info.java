/**
 * Every key of the contract in Redis, and how names become part of them. May import nothing of Sidestream.
 */
@NullMarked
package dev.sidestream.channel.redis.keys;

import org.jspecify.annotations.NullMarked;
