package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting in bounded memory. */
class CountingTest {

    private final Hasher64 hash = Hashing.xxh3_64(42);

    @TempDir
    Path folder;

    @Test
    void fewDifferentValuesAreCountedExactly() {
        DistinctCount count = new DistinctCount();
        for (int row = 0; row < 100_000; row++) {
            count.add(hash.hashCharsToLong("value " + row % DistinctCount.EXACT));
        }
        assertThat(count.isExact()).isTrue();
        assertThat(count.count()).isEqualTo(DistinctCount.EXACT);
    }

    @Test
    void manyDifferentValuesAreEstimatedWithinThreeStandardErrors() {
        DistinctCount count = new DistinctCount();
        for (int row = 0; row < 300_000; row++) {
            count.add(hash.hashCharsToLong("value " + row));
        }
        assertThat(count.isExact()).isFalse();
        assertThat((double) count.count()).isCloseTo(300_000, within(300_000 * 0.018));
    }

    @Test
    void valueOfOneRowAndItsRepeatsIdentifiesRows() {
        try (UniquenessCheck pairs = new UniquenessCheck(folder)) {
            pairs.add(1, 10);
            pairs.add(2, 20);
            pairs.add(1, 10);
            assertThat(pairs.result()).isEqualTo(new UniquenessCheck.Result(2, true));
            pairs.add(1, 11);
            assertThat(pairs.mayIdentify()).isFalse();
        }
    }

    @Test
    void beyondWhatMemoryHoldsTheAnswerIsStillExact() throws IOException {
        int rows = UniquenessCheck.IN_MEMORY * 2 + 7;
        try (UniquenessCheck pairs = new UniquenessCheck(folder, 50_000)) {
            for (int row = 0; row < rows; row++) {
                pairs.add(hash.hashCharsToLong("key " + row), row);
            }
            pairs.add(hash.hashCharsToLong("key 5"), 5);
            assertThat(pairs.result()).isEqualTo(new UniquenessCheck.Result(rows, true));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void valueOfTwoRowsFarApartIsFound() {
        int rows = UniquenessCheck.IN_MEMORY * 2 + 7;
        try (UniquenessCheck pairs = new UniquenessCheck(folder, 50_000)) {
            for (int row = 0; row < rows; row++) {
                pairs.add(hash.hashCharsToLong("key " + row), row);
            }
            pairs.add(hash.hashCharsToLong("key 5"), 6);
            assertThat(pairs.result().identifies()).isFalse();
        }
    }
}
