package dev.sidestream.e2e.history;

import dev.sidestream.channel.testing.Await;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Some {@link Member}s of one room who all send at once while something happens, and the judgement afterwards. */
public final class Conversation implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final History history = new History();
    private final List<Member> members;
    private final Door door;
    private final long seed;

    /** Lets the members in; each door opens for one of them, in turn. */
    public Conversation(List<Door> doors, int size, long seed) {
        this.seed = seed;
        door = doors.getFirst();
        members = IntStream.range(0, size)
                .mapToObj(i -> new Member("m" + i, history, doors.get(i % doors.size()), seed))
                .toList();
    }

    public List<Member> members() {
        return members;
    }

    /** Everybody sends so many messages; what happens, happens after about a third of them. Returns when all is answered. */
    public void send(int each, Runnable happening) {
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?>[] sending = members.stream()
                    .map(member -> CompletableFuture.runAsync(() -> member.send(each), senders))
                    .toArray(CompletableFuture<?>[]::new);
            Member first = members.getFirst();
            int third = first.acknowledged() + each / 3;
            Await.until("a third is sent", () -> first.acknowledged() >= third);
            happening.run();
            CompletableFuture.allOf(sending)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    /** Sends a last message, waits until everybody has seen it, and judges all that happened. */
    public Verdict finish(String what) {
        try (Member last = new Member("last", history, door, seed)) {
            last.send(1);
            String tail = last.awaitOwn();
            members.forEach(member -> member.awaitSeen(tail));
            Verdict verdict = HistoryChecker.check(history, seed);
            System.out.println("History of " + what + ": " + verdict);
            return verdict;
        } finally {
            close();
        }
    }

    /** Lets everybody leave. */
    @Override
    public void close() {
        members.forEach(Member::close);
    }
}
