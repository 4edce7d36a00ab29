package dev.sidestream.bench.lab;

/** What is measured: a program on the JVM that serves rooms. */
public sealed interface Server extends AutoCloseable permits Baseline, Node {

    int port();

    long pid();

    Jvm jvm();

    @Override
    void close();
}
