package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counting in bounded memory. */
class CountingTest extends ProfilerTesting {

    private final Hasher64 hash = Hashing.xxh3_64(42);

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

    /** An estimate of 20,000 different values is up to 2 % too high; of a column that is unique it is exact. */
    @Test
    void noMoreDifferentValuesAreSaidThanThereAreRows() {
        String rows = IntStream.range(0, 20_000)
                .mapToObj(row -> "K" + row + ",M" + Math.min(row, 19_998) + "," + (row == 7 ? "" : "N" + row))
                .collect(Collectors.joining("\n"));
        List<ColumnProfile> columns =
                profile("rows.csv", "id,nearly,partly\n" + rows + "\n").columns();
        assertThat(columns.stream().map(ColumnProfile::isExact)).containsExactly(true, false, true);
        assertThat(columns.get(0).distinctCount()).isEqualTo(20_000);
        assertThat(columns.get(1).distinctCount()).isBetween(19_600L, 20_000L);
        assertThat(columns.get(2).distinctCount()).isEqualTo(19_999);
        ColumnScan scan = new ColumnScan(Hashing.xxh3_64(1));
        long mostOverBy = 0;
        for (int row = 0; row < 40_000; row++) {
            scan.add("K" + row, hash.hashCharsToLong("K" + row));
            if (row >= 10_000 && row % 1_000 == 0) {
                mostOverBy = Math.max(mostOverBy, scan.profile("k", 0).distinctCount() - row - 1);
            }
        }
        assertThat(mostOverBy).isLessThanOrEqualTo(0);
    }
}
