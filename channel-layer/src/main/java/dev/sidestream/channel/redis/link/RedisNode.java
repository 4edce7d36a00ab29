package dev.sidestream.channel.redis.link;

/**
 * A master that {@link RedisLink#open} can connect to.
 *
 * @param id the node id of Redis Cluster; {@code master} on standalone and Sentinel
 */
public record RedisNode(String id) {

    static final RedisNode SINGLE = new RedisNode("master");
}
