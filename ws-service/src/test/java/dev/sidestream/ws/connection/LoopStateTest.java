package dev.sidestream.ws.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.ws.support.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopStateTest {

    private final ManualLoop loop = new ManualLoop();
    private final LoopState state = new LoopState(loop, new HeartbeatProperties(Duration.ofSeconds(25), 2));
    private final List<String> calls = new ArrayList<>();

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            loop.pass(Duration.ofSeconds(1).toNanos());
        }
    }

    @Test
    void flushesEachSocketOnceAtTheEndOfTheTurn() {
        state.flushLater(new Peer("a"));
        state.flushLater(new Peer("b"));
        assertThat(calls).isEmpty();
        loop.run();
        assertThat(calls).containsExactly("a flush", "b flush");
        loop.run();
        assertThat(calls).hasSize(2);
    }

    @Test
    void aFlushThatFailsCutsOffThatSocketAndNobodyElse() {
        Peer bad = new Peer("bad");
        bad.onFlush = () -> {
            throw new AssertionError("out of memory");
        };
        state.flushLater(bad);
        state.flushLater(new Peer("b"));
        loop.run();
        assertThat(calls).containsExactly("bad flush", "bad cutOff", "b flush");
        calls.clear();
        state.flushLater(new Peer("c"));
        loop.run();
        state.flushLater(new Peer("d"));
        loop.run();
        assertThat(calls).containsExactly("c flush", "d flush");
    }

    @Test
    void aFlushMayHaveAnotherTurnRunWithinItself() {
        Peer a = new Peer("a");
        Peer c = new Peer("c");
        a.onFlush = () -> {
            state.flushLater(c);
            loop.run();
            state.flushLater(new Peer("d"));
        };
        state.flushLater(a);
        state.flushLater(new Peer("b"));
        loop.run();
        assertThat(calls).containsExactly("a flush", "c flush", "b flush", "d flush");
    }

    @Test
    void pingsEachIntervalAndLooksFiveSecondsLater() {
        state.enter(new Peer("a"));
        pass(24);
        assertThat(calls).containsExactly("a over");
        pass(1);
        assertThat(calls).containsExactly("a over", "a beat");
        pass(4);
        assertThat(calls).hasSize(2);
        pass(1);
        assertThat(calls).containsExactly("a over", "a beat", "a over");
    }

    @Test
    void looksBeforeTheNextPingWhereTheIntervalIsShort() {
        LoopState fast = new LoopState(loop, new HeartbeatProperties(Duration.ofSeconds(1), 2));
        fast.enter(new Peer("a"));
        pass(2);
        assertThat(calls).containsExactly("a over", "a beat", "a over", "a beat");
    }

    @Test
    void aBeatThatFailsCutsOffThatSocketAndStopsNoOther() {
        Peer bad = new Peer("bad");
        bad.onBeat = () -> {
            throw new IllegalStateException("a bug");
        };
        state.enter(new Peer("a"));
        state.enter(bad);
        pass(25);
        assertThat(calls).endsWith("bad beat", "bad cutOff", "a beat");
        state.leave(bad);
        pass(25);
        assertThat(calls).endsWith("a over", "a beat");
    }

    private final class Peer implements LoopMember {

        private final String name;
        private Runnable onFlush = () -> {};
        private Runnable onBeat = () -> {};
        private long place;

        Peer(String name) {
            this.name = name;
        }

        @Override
        public void flush() {
            calls.add(name + " flush");
            onFlush.run();
        }

        @Override
        public void beat() {
            calls.add(name + " beat");
            onBeat.run();
        }

        @Override
        public void beatOver() {
            calls.add(name + " over");
        }

        @Override
        public void cutOff() {
            calls.add(name + " cutOff");
        }

        @Override
        public void placeOnWheel(long told) {
            place = told;
        }

        @Override
        public long placeOnWheel() {
            return place;
        }
    }
}
