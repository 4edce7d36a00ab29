package dev.sidestream.ws.session.store;

/** Second stage: the key in Redis of a session id. */
@FunctionalInterface
public interface KeyMapper {

    String key(String id);
}
