package dev.sidestream.sessions.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jazzer says nothing when it finds no seeds where it looks for them. */
class FuzzSeedsTest {

    @Test
    void eachReaderHasSomethingToBeginWith() throws Exception {
        URL seeds = ReadersFuzzTest.class.getResource("ReadersFuzzTestInputs/anyBytes");
        assertThat(seeds).isNotNull();
        Set<Integer> readers = new HashSet<>();
        for (File seed : new File(seeds.toURI()).listFiles()) {
            readers.add((int) Files.readAllBytes(seed.toPath())[0]);
        }
        assertThat(readers)
                .containsExactlyElementsOf(IntStream.range(0, ReadersFuzzTest.READERS.size())
                        .boxed()
                        .toList());
    }
}
