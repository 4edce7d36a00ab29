package dev.sidestream.bench.pair;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that builds can be compared by. A new cell is a line here. */
final class Cells {

    /** Those that are measured unless others are named: half an hour with five pairs. */
    static final List<Cell> USUAL = List.of(
            new RoomCell("small-rooms", 1_000, 200, 1_000, 2_000),
            new RoomCell("room-20", 1_000, 1, 20, 200),
            new HandshakeCell(),
            new IdleHeapCell());

    private static final List<Cell> FURTHER = List.of(
            new PublishCell(),
            new ReadingCell("reading", 5_000),
            new ReadingCell("reading-1000", 1_000),
            new RoomCell("small-rooms-20", 1_000, 200, 20, 2_000),
            new RoomCell("small-rooms-4000", 5_000, 1_000, 4_000, 4_000),
            new RoomCell("room-400", 1_000, 1, 400, 200));

    private Cells() {}

    static Stream<Cell> stream() {
        return Stream.concat(USUAL.stream(), FURTHER.stream());
    }

    /** Fails with IllegalArgumentException on a name that no cell has. */
    static Cell named(String name) {
        return stream()
                .filter(cell -> cell.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no cell is called " + name));
    }

    /** A line for each. */
    static String list() {
        return stream()
                .map(cell -> "%-17s %s, bound %.2f%s"
                        .formatted(cell.name(), cell.description(), cell.bound(), USUAL.contains(cell) ? " *" : ""))
                .collect(Collectors.joining("\n", "", "\n* measured unless others are named"));
    }
}
