package dev.sidestream.ws.support;

import dev.sidestream.ws.connection.Loop;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop whose time and turns the test decides: nothing runs before {@link #run} or {@link #pass}. Not safe for use by many threads. */
public final class ManualLoop implements Loop {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long now;
    private long number;
    private long executed;
    private boolean inside;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(Runnable task, long nanos) {
        Due due = new Due(now + Math.max(0, nanos), number++, task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public boolean isInside() {
        return inside;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Tasks that were handed to {@link #execute} and have run, since the beginning. */
    public long executed() {
        return executed;
    }

    /** Runs what is due until nothing is. Returns whether anything ran. */
    public boolean run() {
        boolean any = false;
        inside = true;
        while (!tasks.isEmpty() || isTimerDue()) {
            any = true;
            Runnable task = tasks.poll();
            if (task == null) {
                timers.remove().task().run();
            } else {
                executed++;
                task.run();
            }
        }
        inside = false;
        return any;
    }

    private boolean isTimerDue() {
        Due first = timers.peek();
        return first != null && first.at() <= now;
    }

    /** Lets time go by, timer by timer. */
    public void pass(long nanos) {
        long end = now + nanos;
        run();
        for (Due next = timers.peek(); next != null && next.at() <= end; next = timers.peek()) {
            now = Math.max(now, next.at());
            run();
        }
        now = end;
    }

    private record Due(long at, long number, Runnable task) {}
}
