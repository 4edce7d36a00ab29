package dev.sidestream.ws.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.ws.connection.LoopState;
import dev.sidestream.ws.protocol.CloseCode;
import dev.sidestream.ws.protocol.Dialects;
import dev.sidestream.ws.protocol.ServerFrame;
import dev.sidestream.ws.support.ManualLoop;
import dev.sidestream.ws.support.RecordedOutlet;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with one member, or with all of them, while frames go out. */
class ShardTest {

    private final Error noMemory = new OutOfMemoryError("direct memory, as a test has it");

    private final ManualLoop turns = new ManualLoop();
    private final LoopState loop = RecordedOutlet.state(turns);
    private final Shard shard = new Shard(loop, new FanoutProperties(Duration.ofMillis(5), 2), new LongAdder());
    private final List<RecordedOutlet> outlets = new ArrayList<>();

    @BeforeEach
    void fiveMembers() {
        for (int i = 0; i < 5; i++) {
            enter(i);
        }
    }

    private void enter(int i) {
        RecordedOutlet outlet = new RecordedOutlet("user" + i, Dialects.FULL, loop);
        outlets.add(outlet);
        shard.enter(new Member(outlet), Unpooled.EMPTY_BUFFER);
    }

    private void send(int number) {
        shard.append(Outgoing.same(new ServerFrame.Pong(new byte[] {(byte) ('0' + number)})));
        turns.pass(Duration.ofSeconds(1).toNanos());
    }

    private List<Integer> frames() {
        return outlets.stream().map(outlet -> outlet.frames().size()).toList();
    }

    @Test
    void aMemberThatCannotBeGivenItsFramesIsClosedAndNobodyElse() {
        outlets.get(2).failWith(noMemory);
        send(1);
        outlets.get(2).failWith(null);
        send(2);

        assertThat(frames()).containsExactly(2, 2, 0, 2, 2);
        assertThat(outlets)
                .extracting(RecordedOutlet::closed)
                .containsExactly(null, null, CloseCode.POSITION_LOST, null, null);
    }

    @Test
    void framesThatCannotBeMadeReadyCloseThoseWhoAreOwedThemAndNobodyWhoComesLater() {
        outlets.get(0).failWith(noMemory); // where the buffers come from
        send(1);
        outlets.get(0).failWith(null);
        enter(5);
        send(2);

        assertThat(frames()).containsExactly(0, 0, 0, 0, 0, 1);
        assertThat(outlets.subList(0, 5)).extracting(RecordedOutlet::closed).containsOnly(CloseCode.POSITION_LOST);
        assertThat(outlets.get(5).closed()).isNull();
    }

    @Test
    void oneThatCannotBeGreetedIsClosedAndOwedNothing() {
        RecordedOutlet late = new RecordedOutlet("late", Dialects.FULL, loop);
        late.failWith(noMemory);
        shard.enter(new Member(late), Unpooled.copiedBuffer(new byte[] {(byte) 0x81, 0}));
        late.failWith(null);
        send(1);

        assertThat(late.closed()).isEqualTo(CloseCode.POSITION_LOST);
        assertThat(late.frames()).isEmpty();
        assertThat(frames()).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void aTaskThatFailsKeepsNoOtherFromRunning() {
        ManualLoop rooms = new ManualLoop();
        Handover handover = new Handover(rooms);
        List<Integer> ran = new ArrayList<>();
        IntStream.range(0, 4)
                .forEach(i -> handover.run(loop, () -> {
                    if (i == 1) {
                        throw noMemory;
                    }
                    ran.add(i);
                }));
        rooms.run();
        turns.run();

        assertThat(ran).containsExactly(0, 2, 3);
        handover.run(loop, () -> ran.add(4));
        rooms.run();
        turns.run();
        assertThat(ran).endsWith(4);
    }
}
