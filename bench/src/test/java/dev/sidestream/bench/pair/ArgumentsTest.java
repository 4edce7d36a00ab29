package dev.sidestream.bench.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void measuresTheUsualCellsInFivePairsUnlessToldOtherwise() {
        Arguments usual = Arguments.parse();

        assertThat(usual.cells()).isEqualTo(Cells.USUAL);
        assertThat(usual.pairs()).isEqualTo(5);
        assertThat(usual.quick()).isFalse();
    }

    @Test
    void readsWhatIsComparedAndHow() {
        Arguments arguments = Arguments.parse(
                "--old=/a", "--name-old=main", "--set-new=x.y=1", "--cells=publish,room-20", "--pairs=2", "--short");

        assertThat(arguments.older().checkout()).isEqualTo(Path.of("/a"));
        assertThat(arguments.older().title()).isEqualTo("main");
        assertThat(arguments.newer().settings()).containsExactly("--x.y=1");
        assertThat(arguments.cells()).extracting(Cell::name).containsExactly("publish", "room-20");
        assertThat(arguments.pairs()).isEqualTo(2);
        assertThat(arguments.quick()).isTrue();
    }

    @Test
    void aBoundOfTheCommandLineReplacesTheCells() {
        Arguments arguments = Arguments.parse("--bound=room-20=1.2");

        assertThat(arguments.bound(Cells.named("room-20"))).isEqualTo(1.2);
        assertThat(arguments.bound(Cells.named("publish")))
                .isEqualTo(Cells.named("publish").bound());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--nothing", "--cells=nothing", "--bound=nothing=1", "--bound=room-20", "--pairs=0", "--pairs=x"
            })
    void refusesWhatItDoesNotKnow(String argument) {
        assertThatThrownBy(() -> Arguments.parse(argument)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyCellHasANameOfItsOwn() {
        assertThat(Cells.stream().map(Cell::name)).doesNotHaveDuplicates();
    }
}
