package dev.sidestream.channel.testing;

/** What runs one server: a process or a container. */
interface RedisServer extends AutoCloseable {

    String host();

    int port();

    void start();

    /** SIGKILL, and waits for the end. */
    void kill();

    /** Sends a signal by its name without SIG. */
    void signal(String name);

    @Override
    void close();
}
