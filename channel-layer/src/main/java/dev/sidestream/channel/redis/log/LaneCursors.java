package dev.sidestream.channel.redis.log;

import io.lettuce.core.protocol.CommandArgs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Where a lane stands in each of its logs, and what it must doubt. Confined to the executor of the layer. */
final class LaneCursors {

    private final int[] partitions;

    /** A log whose read returned this many entries, or one that was not read for so long, may have been trimmed meanwhile. */
    private final int fullRead;

    private final long longPauseNanos;

    /** In the order of the partitions; empty before the first survey. */
    private List<LogPosition> positions = List.of();

    private String runId = "";

    /** What {@link #compare} found the last time: the count that was read, and the one that Redis told. */
    private final long[] stood;

    private final long[] expected;

    /** By index of a partition, the cursor before a read that may have come behind a loss. Kept until it is cleared up. */
    private final Map<Integer, byte[]> doubts = new HashMap<>();

    LaneCursors(int[] partitions, int fullRead, long longPauseMillis) {
        this.partitions = partitions;
        this.fullRead = fullRead;
        this.stood = new long[partitions.length];
        this.expected = new long[partitions.length];
        this.longPauseNanos = TimeUnit.MILLISECONDS.toNanos(longPauseMillis);
    }

    /**
     * Goes on from what a survey has found.
     *
     * @return in which partitions entries may be behind the cursor that nobody has read, by cause; at first in all
     */
    Map<ResyncCause, IntPredicate> adopt(LaneSurvey survey) {
        boolean restarted = !runId.isEmpty() && !runId.equals(survey.runId());
        @Nullable ResyncCause[] losses = new ResyncCause[partitions.length];
        List<LogPosition> next = new ArrayList<>();
        for (int i = 0; i < partitions.length; i++) {
            LogState state = survey.logs().get(i);
            if (positions.isEmpty()) {
                losses[i] = ResyncCause.CONNECTED;
                next.add(state.begin());
            } else {
                LogPosition position = positions.get(i);
                // A doubt that was not cleared up is older than the cursor.
                losses[i] = state.lossSince(position.at(doubts.getOrDefault(i, position.cursor())), restarted);
                next.add(state.continueFrom(position));
            }
        }
        positions = next;
        runId = survey.runId();
        doubts.clear();
        return byCause(losses);
    }

    private Map<ResyncCause, IntPredicate> byCause(@Nullable ResyncCause[] losses) {
        Map<ResyncCause, IntPredicate> causes = new EnumMap<>(ResyncCause.class);
        for (int i = 0; i < losses.length; i++) {
            int concerned = partitions[i];
            ResyncCause cause = losses[i];
            if (cause != null) {
                causes.merge(cause, partition -> partition == concerned, IntPredicate::or);
            }
        }
        return causes;
    }

    /**
     * Moves behind the entries of a read, which are together for each log.
     *
     * @return in which partitions entries are missing by their counts; null when none are
     */
    @Nullable
    IntPredicate advance(LogBatch batch, long nanosSinceLastRead) {
        IntPredicate holes = null;
        int entry = 0;
        while (entry < batch.entries()) {
            int partition = batch.partition(entry);
            int first = entry;
            int index = indexOf(partition);
            LogPosition before = positions.get(index);
            long count = before.count();
            boolean hole = false;
            for (; entry < batch.entries() && batch.partition(entry) == partition; entry++) {
                long next = batch.number(entry, EntryCodec.COUNT);
                if (next >= 0) { // else somebody wrote it by hand, and the dispatch counts it as malformed
                    hole |= count >= 0 && next != count + 1;
                    count = next;
                }
            }
            if (entry - first >= fullRead || nanosSinceLastRead > longPauseNanos) {
                doubts.putIfAbsent(index, before.cursor());
            }
            positions.set(index, before.at(batch.id(entry - 1)).counting(count));
            holes = hole ? or(holes, partition) : holes;
        }
        return holes;
    }

    private static IntPredicate or(@Nullable IntPredicate some, int partition) {
        IntPredicate one = other -> other == partition;
        return some == null ? one : some.or(one);
    }

    /**
     * Compares with what the logs should have had, asked again and again. A log that has had more entries than were read, and of
     * which nothing was read since the last time, has lost them.
     *
     * @param counts by index of a partition; -1 where it is not known
     * @return in which partitions entries are missing; null when none are
     */
    @Nullable
    IntPredicate compare(List<Long> counts) {
        IntPredicate missing = null;
        for (int i = 0; i < partitions.length; i++) {
            LogPosition position = positions.get(i);
            long told = counts.get(i);
            if (position.count() < 0) {
                positions.set(i, position.counting(told)); // at the first look every room is asked for anyway
            } else if (position.count() == stood[i] && told == expected[i] && told != position.count()) {
                positions.set(i, position.counting(told));
                missing = or(missing, partitions[i]);
            }
            stood[i] = positions.get(i).count();
            expected[i] = told;
        }
        return missing;
    }

    /** A lane has one partition, or all of them in order. */
    private int indexOf(int partition) {
        return partitions.length == 1 ? 0 : partition;
    }

    /** The indexes of the partitions whose oldest entry must be asked for. */
    List<Integer> doubts() {
        return List.copyOf(doubts.keySet());
    }

    /**
     * Clears a doubt up.
     *
     * @param oldest id of the oldest entry of the log now; it can only have grown since the read in doubt
     * @return the partition concerned, when it lost entries; else null
     */
    @Nullable
    IntPredicate clearUp(int index, byte[] oldest) {
        byte[] cursor = doubts.remove(index);
        int concerned = partitions[index];
        return cursor != null && LogState.isTrimmed(cursor, oldest) ? partition -> partition == concerned : null;
    }

    /** Whether the marks say that a log is not the one that was read. */
    boolean isAnotherLife(List<byte[]> marks) {
        for (int i = 0; i < partitions.length; i++) {
            if (!Arrays.equals(positions.get(i).mark(), marks.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Adds the cursors to a read, in the order of the partitions. */
    void addTo(CommandArgs<byte[], byte[]> args) {
        positions.forEach(position -> args.add(position.cursor()));
    }
}
