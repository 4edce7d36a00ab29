package dev.sidestream.bench.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidestream.bench.lab.LabException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Cell CELL = Cells.named("room-20");

    private static Comparison comparison(double bound, double... olderAndNewer) {
        List<Pair> pairs = IntStream.range(0, olderAndNewer.length / 2)
                .mapToObj(i -> new Pair(figures(olderAndNewer[2 * i]), figures(olderAndNewer[2 * i + 1])))
                .toList();
        return new Comparison(CELL, bound, pairs);
    }

    private static Figures figures(double figure) {
        return new Figures(figure, Map.of(Figures.SERVER, figure / 2), 0.01, 0, 0);
    }

    @Test
    void ratioIsTheMedianOfThePairsAndNotTheRatioOfTheMedians() {
        Comparison one = comparison(1.05, 10, 11, 20, 20, 40, 36);

        assertThat(one.ratio()).isEqualTo(1.0);
        assertThat(one.lowest()).isEqualTo(0.9);
        assertThat(one.highest()).isEqualTo(1.1);
        assertThat(one.figure(Side.OLD)).isEqualTo(20);
    }

    @Test
    void ratioOfAnEvenNumberOfPairsLiesBetweenTheTwoInTheMiddle() {
        assertThat(comparison(1.05, 10, 9, 10, 10, 10, 12, 10, 20).ratio()).isCloseTo(1.1, within(1e-9));
    }

    @Test
    void boundIsExceededOnlyByMoreThanIt() {
        assertThat(comparison(1.05, 100, 105).isWithinBound()).isTrue();
        assertThat(comparison(1.05, 100, 106).isWithinBound()).isFalse();
    }

    @Test
    void reportIsBadWhenABoundIsExceededUnlessItIsShort() {
        List<Comparison> comparisons = List.of(comparison(1.05, 100, 106));

        assertThat(new Report("", comparisons, false).isGood()).isFalse();
        assertThat(new Report("", comparisons, true).isGood()).isTrue();
        assertThat(new Report("", comparisons, false).table()).contains("1.060..1.060", "NO");
    }

    @Test
    void reportIsBadWhenADeliveryWasWrongHoweverCheapItWas() {
        Pair pair = new Pair(figures(10), new Figures(5, Map.of(), 0, 1, 0));

        assertThat(new Report("", List.of(new Comparison(CELL, 1.05, List.of(pair))), true).isGood())
                .isFalse();
    }

    @Test
    void aPartThatTheOlderBuildDoesNotHaveHasNoRatio() {
        Pair pair = new Pair(figures(10), figures(20));

        assertThat(pair.ratio(Figures.SERVER)).isEqualTo(2);
        assertThat(pair.ratio(Figures.REDIS)).isNaN();
    }

    @Test
    void compilersAreInNoFigure() {
        Figures figures = Figures.both(1_000, Cpu.of(3, 1, 0.5), 0, 0);

        assertThat(figures.figure()).isEqualTo(2_500);
        assertThat(figures.parts()).containsEntry(Figures.SERVER, 2_000.0).containsEntry(Figures.REDIS, 500.0);
        assertThat(figures.compilers()).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void aRunThatMeasuredNothingIsNoResult() {
        assertThatThrownBy(() -> figures(0)).isInstanceOf(LabException.class);
        assertThatThrownBy(() -> figures(Double.NaN)).isInstanceOf(LabException.class);
    }
}
