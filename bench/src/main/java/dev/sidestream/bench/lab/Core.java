package dev.sidestream.bench.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a program runs: what is measured on one core, what measures on another. */
enum Core {
    SERVER("0"),
    GENERATOR("1"),
    /** Wherever the kernel likes: for the time that a start takes. */
    ANY("");

    private static final boolean PINNED =
            Runtime.getRuntime().availableProcessors() > 1 && Files.isExecutable(Path.of("/usr/bin/taskset"));

    private final String number;

    Core(String number) {
        this.number = number;
    }

    /** The start of a command that binds it to the core; empty where that cannot be done. */
    List<String> prefix() {
        return !PINNED || this == ANY ? List.of() : List.of("/usr/bin/taskset", "-c", number);
    }

    static String describe() {
        return PINNED ? "server and Redis on core 0, generator on core 1" : "nothing pinned to a core";
    }
}
