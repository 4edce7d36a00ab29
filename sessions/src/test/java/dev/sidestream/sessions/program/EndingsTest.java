package dev.sidestream.sessions.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidestream.sessions.SessionEnd;
import dev.sidestream.sessions.SessionRef;
import dev.sidestream.sessions.SessionWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class EndingsTest {

    private static final SessionRef ALICE = new SessionRef("spring", "alice", 1, null);
    private static final SessionRef ALICE_WITH_MORE_ROLES = new SessionRef("spring", "alice", 2, null);
    private static final SessionRef BOB = new SessionRef("spring", "bob", 1, null);

    private final List<SessionRef> watched = new ArrayList<>();
    private final Endings endings = new Endings(new SessionWatch() {
        @Override
        public void watch(SessionRef session) {
            watched.add(session);
        }

        @Override
        public void unwatch(SessionRef session) {
            watched.remove(session);
        }

        @Override
        public void used(SessionRef session) {
            throw new AssertionError("Nothing is extended");
        }
    });

    private final List<SessionEnd> heard = new ArrayList<>();
    private int empty;

    private Disposable listen(SessionRef session) {
        return endings.of(session).subscribe(heard::add, failure -> {}, () -> empty++);
    }

    @Test
    void allWhoWaitForASessionHearOfItsEndAndNobodyElse() {
        listen(ALICE);
        listen(ALICE);
        listen(BOB);

        endings.sessionEnded(ALICE, SessionEnd.LOGGED_OUT);
        endings.sessionEnded(ALICE, SessionEnd.LOGGED_OUT);
        assertThat(heard).containsExactly(SessionEnd.LOGGED_OUT, SessionEnd.LOGGED_OUT);
        assertThat(watched).containsExactly(BOB);
    }

    @Test
    void aChangeIsNoEndForWhoKnowsOfIt() {
        listen(ALICE);
        listen(ALICE_WITH_MORE_ROLES);

        endings.sessionEnded(ALICE_WITH_MORE_ROLES, SessionEnd.CHANGED);
        assertThat(heard).containsExactly(SessionEnd.CHANGED);
        assertThat(watched).containsExactly(ALICE_WITH_MORE_ROLES);
    }

    @Test
    void aWarningIsNoEnd() {
        listen(ALICE);

        endings.sessionExpiring(ALICE, Duration.ofSeconds(5));
        assertThat(heard).isEmpty();
    }

    @Test
    void whoGivesUpIsForgotten() {
        listen(ALICE).dispose();

        endings.sessionEnded(ALICE, SessionEnd.LOGGED_OUT);
        assertThat(heard).isEmpty();
        assertThat(watched).isEmpty();
    }

    @Test
    void closingLeavesThoseWhoWaitWithoutAnAnswer() {
        listen(ALICE);
        endings.close();
        listen(BOB);

        assertThat(heard).isEmpty();
        assertThat(empty).isEqualTo(2);
        assertThat(watched).isEmpty();
    }
}
