package dev.sidestream.channel.redis.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** What a lane must doubt about its logs, by what Redis says of them. */
class LaneCursorsTest {

    private static final byte[] MARK = bytes("life");
    private static final LogState EMPTY = new LogState(EntryId.ZERO, EntryId.ZERO, MARK, -1);

    private final LaneCursors cursors = new LaneCursors(new int[] {3, 4}, 64, 4_000);

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private static LogState log(String first, String last) {
        return new LogState(bytes(first), bytes(last), MARK, -1);
    }

    private Map<ResyncCause, IntPredicate> adopt(LogState... logs) {
        return cursors.adopt(new LaneSurvey("run", Arrays.asList(logs)));
    }

    private static List<Integer> concerned(Map<ResyncCause, IntPredicate> losses, ResyncCause cause) {
        IntPredicate of = losses.getOrDefault(cause, partition -> false);
        return List.of(3, 4).stream().filter(of::test).toList();
    }

    @Test
    void whatWasAcceptedBeforeTheFirstReadIsBehindTheCursorInEveryPartition() {
        Map<ResyncCause, IntPredicate> losses = adopt(EMPTY, log("5-0", "7-0"));

        assertThat(losses).containsOnlyKeys(ResyncCause.CONNECTED);
        assertThat(concerned(losses, ResyncCause.CONNECTED)).containsExactly(3, 4);
    }

    @Test
    void aLogThatIsAsItWasIsNotDoubted() {
        adopt(EMPTY, log("5-0", "7-0"));

        assertThat(adopt(EMPTY, log("5-0", "9-0"))).isEmpty();
        assertThat(adopt(EMPTY, log("7-0", "9-0"))).isEmpty();
    }

    @Test
    void aLogThatHadEntriesAndHasNoneIsDoubted() {
        adopt(EMPTY, log("5-0", "7-0"));
        Map<ResyncCause, IntPredicate> losses = adopt(EMPTY, EMPTY);

        assertThat(losses).containsOnlyKeys(ResyncCause.EMPTIED);
        assertThat(concerned(losses, ResyncCause.EMPTIED)).containsExactly(4);
    }

    @Test
    void nobodyKnowsWhichEntryWasTheFirstOfALogThatWasEmpty() {
        adopt(EMPTY, log("5-0", "7-0"));
        Map<ResyncCause, IntPredicate> losses = adopt(log("8-0", "9-0"), log("5-0", "7-0"));

        assertThat(losses).containsOnlyKeys(ResyncCause.TRIMMED);
        assertThat(concerned(losses, ResyncCause.TRIMMED)).containsExactly(3);
    }

    @Test
    void entriesThatWereRemovedBeforeTheyWereReadAreDoubted() {
        adopt(EMPTY, log("5-0", "7-0"));

        assertThat(concerned(adopt(EMPTY, log("8-0", "9-0")), ResyncCause.TRIMMED))
                .containsExactly(4);
    }

    @Test
    void anotherServerAndAnotherLifeAreDoubtedInEveryPartition() {
        adopt(EMPTY, log("5-0", "7-0"));
        Map<ResyncCause, IntPredicate> restarted =
                cursors.adopt(new LaneSurvey("another", List.of(EMPTY, log("5-0", "7-0"))));
        LogState other = new LogState(bytes("5-0"), bytes("7-0"), bytes("another life"), -1);
        Map<ResyncCause, IntPredicate> flushed = cursors.adopt(new LaneSurvey("another", List.of(other, other)));

        assertThat(concerned(restarted, ResyncCause.RESTARTED)).containsExactly(3, 4);
        assertThat(concerned(flushed, ResyncCause.FLUSHED)).containsExactly(3, 4);
    }

    private static LogState counted(String last, long count) {
        return new LogState(bytes("1-0"), bytes(last), MARK, count);
    }

    /** A read of partition 4: entries with these counts, or without one. */
    private static LogBatch read(String... counts) {
        LogBatchOutput output = new LogBatchOutput();
        output.multiMap(1);
        output.set(ByteBuffer.wrap(bytes("ss:{p4}:log")));
        output.multi(counts.length);
        for (int i = 0; i < counts.length; i++) {
            output.multi(2);
            output.set(ByteBuffer.wrap(bytes("10-" + i)));
            output.multi(6);
            for (String value : List.of("k", "g", "n", "a", "x", counts[i])) {
                output.set(ByteBuffer.wrap(bytes(value)));
            }
        }
        return output.get();
    }

    private LaneCursors ofFour() {
        LaneCursors one = new LaneCursors(new int[] {4}, 64, 4_000);
        one.adopt(new LaneSurvey("run", List.of(counted("7-0", 41))));
        return one;
    }

    @Test
    void countsThatFollowOneAnotherLeaveNoDoubt() {
        LaneCursors one = ofFour();

        assertThat(one.advance(read("42", "43"), 0)).isNull();
        assertThat(one.advance(read("44"), 0)).isNull();
        assertThat(one.advance(read("not counted"), 0)).isNull();
        assertThat(one.advance(read("45"), 0)).isNull();
    }

    @Test
    void aHoleInTheCountsIsALoss() {
        assertThat(ofFour().advance(read("43"), 0)).accepts(4).rejects(3);
        assertThat(ofFour().advance(read("42", "44"), 0)).accepts(4);
        assertThat(ofFour().advance(read("1"), 0)).as("the count was lost").accepts(4);
        LaneCursors one = ofFour();
        assertThat(one.advance(read("50"), 0)).accepts(4);
        assertThat(one.advance(read("51"), 0)).as("told once").isNull();
    }

    @Test
    void aLogThatHadMoreThanWasReadHasLostItWhenNothingComes() {
        LaneCursors one = ofFour();

        assertThat(one.compare(List.of(44L))).as("they may be on their way").isNull();
        assertThat(one.compare(List.of(44L))).accepts(4);
        assertThat(one.compare(List.of(44L))).as("told once").isNull();
        assertThat(one.compare(List.of(44L))).isNull();
        assertThat(one.advance(read("45"), 0)).isNull();
    }

    @Test
    void whatIsReadMeanwhileIsNotMissing() {
        LaneCursors one = ofFour();

        assertThat(one.compare(List.of(44L))).isNull();
        one.advance(read("42"), 0);
        assertThat(one.compare(List.of(44L))).isNull();
        one.advance(read("43", "44"), 0);
        assertThat(one.compare(List.of(44L))).isNull();
        assertThat(one.compare(List.of(44L))).isNull();
    }
}
