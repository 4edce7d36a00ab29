package dev.sidestream.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each kind of wrong is put into a history that is otherwise right, and must be found, and nothing else. */
class HistoryCheckerTest {

    private final History history = new History();

    @BeforeEach
    void threeAcknowledgedAndTwoClients() {
        history.joined("a", null, false);
        history.joined("b", null, false);
        for (int n = 1; n <= 3; n++) {
            publish("k" + n, id(n));
        }
    }

    @Test
    void findsNothingInARightHistory() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2);
        history.joined("b", id(2), true);
        receive("b", 2, 3);
        history.invoked("unknown");
        assertThat(verdict().isClean()).as("%s", verdict()).isTrue();
        assertThat(verdict().repeated()).isEqualTo(1);
        assertThat(verdict())
                .hasToString("published 4, acknowledged 3, received 6, repeated 1, gaps told 0;"
                        + " lost 0, doubled 0, reordered 0, silent 0, phantoms 0 (seed 7)");
    }

    @Test
    void findsAnAcknowledgedMessageThatOneClientNeverGot() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2);
        assertThat(verdict().lost()).singleElement().asString().contains("k3", "b");
        assertThat(verdict().silent()).isEmpty();
    }

    @Test
    void findsThatAClientOfAnEmptyRoomGotNothing() {
        receive("a", 1, 2, 3);
        assertThat(verdict().lost()).hasSize(3);
    }

    @Test
    void findsAHole() {
        receive("a", 1, 2, 3);
        receive("b", 1, 3);
        assertThat(verdict().silent()).singleElement().asString().contains("seq 2");
        assertThat(verdict().lost()).singleElement().asString().contains("k2");
    }

    @Test
    void owesNothingFromBeforeTheJoin() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2, 3);
        history.joined("late", id(2), false);
        receive("late", 3);
        assertThat(verdict().isClean()).as("%s", verdict()).isTrue();
    }

    @Test
    void owesNothingOfAnotherLifeOfTheRoomThatWasOverBeforeTheJoin() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2, 3);
        publish("other", "9-0.1.other");
        for (String client : new String[] {"a", "b"}) {
            history.gap(client, "9-0.1.other", null);
            history.received(client, "9-0.1.other", "other");
        }
        history.joined("late", "9-0.1.other", false);
        assertThat(verdict().isClean()).as("%s", verdict()).isTrue();
    }

    @Test
    void excusesWhatLiesWithinAGap() {
        receive("a", 1, 2, 3);
        receive("b", 1);
        history.gap("b", id(3), null);
        receive("b", 3);
        assertThat(verdict().isClean()).as("%s", verdict()).isTrue();
        assertThat(verdict().gaps()).isEqualTo(1);
    }

    @Test
    void findsAHoleAfterAGap() {
        publish("k4", id(4));
        publish("k5", id(5));
        receive("a", 1, 2, 3, 4, 5);
        receive("b", 1);
        history.gap("b", id(3), null);
        receive("b", 3, 5);
        assertThat(verdict().silent()).hasSize(1);
        assertThat(verdict().lost()).singleElement().asString().contains("k4");
    }

    @Test
    void findsThatAGapPromisedAnotherMessage() {
        receive("a", 1, 2, 3);
        receive("b", 1);
        history.gap("b", id(2), null);
        receive("b", 3);
        assertThat(verdict().silent()).singleElement().asString().contains("comes next");
    }

    @Test
    void findsAnotherLifeOfTheRoomWithoutAGap() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2, 3);
        publish("other", "9-0.1.other");
        history.gap("a", "9-0.1.other", null);
        history.received("a", "9-0.1.other", "other");
        history.received("b", "9-0.1.other", "other");
        assertThat(verdict().silent()).singleElement().asString().contains("b went over");
    }

    @Test
    void findsWhatIsMissingFromAnotherLifeThatOneClientWasNeverToldOf() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2, 3);
        publish("other", "9-0.1.other");
        history.gap("a", "9-0.1.other", null);
        history.received("a", "9-0.1.other", "other");
        assertThat(verdict().lost()).singleElement().asString().contains("other", "b");
    }

    @Test
    void findsAMessageThatCameTooLate() {
        receive("a", 1, 2, 3);
        receive("b", 1, 3, 2);
        assertThat(verdict().reordered()).hasSize(1);
    }

    @Test
    void findsAnAckThatStandsBeforeAnEarlierOne() {
        History other = new History();
        other.invoked("first");
        other.acknowledged("first", id(2));
        other.invoked("second");
        other.acknowledged("second", id(1));
        assertThat(HistoryChecker.check(other, 1).reordered()).hasSize(1);
    }

    @Test
    void findsAPublicationInTwoPlaces() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2, 3);
        history.received("a", id(4), "k3");
        history.received("b", id(4), "k3");
        assertThat(verdict().doubled()).hasSize(3);
    }

    @Test
    void findsARetryThatWasAcceptedAgain() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2, 3);
        history.acknowledged("k2", id(4));
        assertThat(verdict().doubled()).singleElement().asString().contains("k2");
    }

    @Test
    void findsWhatNobodyPublished() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2, 3);
        history.received("a", id(4), "ghost");
        history.received("b", id(4), "ghost");
        assertThat(verdict().phantoms()).hasSize(2);
    }

    @Test
    void findsWhatWasRefused() {
        receive("a", 1, 2, 3);
        receive("b", 1, 2, 3);
        history.invoked("no");
        history.refused("no");
        history.received("a", id(4), "no");
        history.received("b", id(4), "no");
        assertThat(verdict().phantoms()).hasSize(2);
    }

    @Test
    void findsThatTwoClientsSawDifferentThings() {
        history.invoked("unknown");
        receive("a", 1, 2, 3);
        receive("b", 1, 2, 3);
        history.received("a", id(4), "unknown");
        history.received("b", "77-0.4.e", "unknown");
        assertThat(verdict().phantoms()).hasSize(1);
    }

    private Verdict verdict() {
        return HistoryChecker.check(history, 7);
    }

    private void publish(String key, String id) {
        history.invoked(key);
        history.acknowledged(key, id);
    }

    private void receive(String client, int... numbers) {
        for (int n : numbers) {
            history.received(client, id(n), "k" + n);
        }
    }

    private static String id(int n) {
        return n + "-0." + n + ".e";
    }
}
