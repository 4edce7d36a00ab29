package dev.sidestream.ws.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {

    private static final long MOST = 13_000;

    private final Window window = new Window(MOST, 0);

    @Test
    void anIdleRoomWaitsForNothing() {
        assertThat(window.left(0)).isZero();
        window.begin(100, 10);
        assertThat(window.left(5_000)).isNegative();
    }

    @Test
    void growsWithThePassAndEndsAtItsBound() {
        window.begin(100, 10);
        assertThat(window.left(100)).isEqualTo(40);
        window.begin(100, 1_000);
        assertThat(window.left(100)).isEqualTo(4_000);
        window.begin(100, 9_000);
        assertThat(window.left(100)).isEqualTo(MOST);
    }

    @Test
    void endsEarlyWhenEnoughFramesWaitAndOthersHadHalfAPassLength() {
        window.begin(100, 9_000);
        assertThat(window.mayEndEarly(4_599, Window.ENOUGH)).isFalse();
        assertThat(window.mayEndEarly(4_600, Window.ENOUGH - 1)).isFalse();
        assertThat(window.mayEndEarly(4_600, Window.ENOUGH)).isTrue();
    }

    @Test
    void aWindowSwitchedOffEndsAtOnce() {
        Window none = new Window(0, 0);
        none.begin(100, 9_000);
        assertThat(none.left(100)).isZero();
    }
}
