package uk.fpw.ingest.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.source.CursorGap;

class NumberRunsTest {

    @Test
    void orderDoesNotMatter() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            Long known = round % 3 == 0 ? null : (long) random.nextInt(60);
            List<Long> values =
                    random.longs(1 + random.nextInt(12), 0, 100).boxed().toList();
            List<Long> shuffled = new ArrayList<>(values);
            Collections.shuffle(shuffled, random);
            NumberRuns others = runs(known, shuffled);
            assertThat(others.highest()).as("%s of %s", known, values).isEqualTo(highest(known, values));
            assertThat(others.gap()).isEqualTo(gap(known, values));
        }
    }

    @Test
    void rangesOfOneReadingTellWhatItTells() {
        Random random = new Random(8);
        for (int round = 0; round < 2000; round++) {
            Long known = round % 3 == 0 ? null : (long) random.nextInt(60);
            int count = random.nextInt(24);
            List<Long> values = random.longs(count, 0, 150).boxed().toList();
            int border = random.nextInt(count + 1);
            NumberRuns all = runs(known, values);
            NumberRuns first = runs(known, values.subList(0, border));
            first.addAll(runs(known, values.subList(border, count)));
            assertThat(first.highest())
                    .as("%s of %s, divided at %s", known, values, border)
                    .isEqualTo(all.highest());
            assertThat(first.gap()).isEqualTo(all.gap()).isEqualTo(gap(known, values));
        }
    }

    @Test
    void runOfOneRangeClosesTheGapOfAnother() {
        NumberRuns first = runs(null, List.of(1L, 25L, 60L));
        first.addAll(runs(null, List.of(10L, 15L, 35L)));
        assertThat(first.highest()).isEqualTo(35);
        assertThat(first.gap()).isEqualTo(new CursorGap(35, 60, 1));
        first.see(45);
        assertThat(first.gap()).isEqualTo(new CursorGap(45, 60, 1));
    }

    @Test
    void largestNumbersOfRangesDoNotOverflow() {
        NumberRuns first = runs(null, List.of(Long.MIN_VALUE, Long.MAX_VALUE - 20));
        first.addAll(runs(null, List.of(Long.MAX_VALUE, Long.MAX_VALUE - 10)));
        assertThat(first.highest()).isEqualTo(Long.MIN_VALUE);
        assertThat(first.gap()).isEqualTo(new CursorGap(Long.MIN_VALUE, Long.MAX_VALUE - 20, 3));
    }

    @Test
    void watermarkOfRangesStaysBelowWhatCannotBeDistinguished() {
        NumberRuns first = new NumberRuns(null, 10);
        NumberRuns second = new NumberRuns(null, 10);
        for (long value = 300_000; value > 0; value--) {
            (value % 2 == 0 ? first : second).see(value * 100);
        }
        first.addAll(second);
        assertThat(first.highest()).isEqualTo(100);
        assertThat(first.gap()).isEqualTo(new CursorGap(100, 200, 299_999));
    }

    @Test
    void runThatReachesIntoWhatCannotBeDistinguishedIsNoGap() {
        NumberRuns first = new NumberRuns(null, 10);
        for (long value = 1; value <= 200_000; value++) {
            first.see(value * 100);
        }
        NumberRuns second = new NumberRuns(null, 10);
        for (long value = 0; value <= 15_000_000; value += 10) {
            second.see(value);
        }
        first.addAll(second);
        assertThat(first.highest()).isEqualTo(15_000_000);
        assertThat(first.gap()).isEqualTo(new CursorGap(15_000_000, 15_000_001, 100_000));
    }

    @Test
    void watermarkStaysBelowWhatCannotBeDistinguished() {
        NumberRuns runs = new NumberRuns(null, 10);
        for (long value = 300_000; value > 0; value--) {
            runs.see(value * 100);
        }
        assertThat(runs.highest()).isEqualTo(100);
        assertThat(runs.gap()).isEqualTo(new CursorGap(100, 200, 299_999));
    }

    @Test
    void runsThatComeAndGoAreOneInTheEnd() {
        NumberRuns runs = new NumberRuns(null, 1);
        for (long block = 0; block < 3; block++) {
            for (long half = 0; half < 2; half++) {
                for (long value = block * 120_000 + half; value < (block + 1) * 120_000; value += 2) {
                    runs.see(value);
                }
            }
        }
        assertThat(runs.highest()).isEqualTo(359_999);
        assertThat(runs.gap()).isNull();
    }

    private static NumberRuns runs(@Nullable Long known, List<Long> values) {
        NumberRuns runs = new NumberRuns(known, 10);
        for (long value : values) {
            runs.see(value);
        }
        return runs;
    }

    /**
     * Reference implementation: goes through the sorted numbers as long as each is at most ten above the previous or
     * the known one.
     */
    private static @Nullable Long highest(@Nullable Long known, List<Long> values) {
        Long reached = known;
        Long highest = null;
        for (long value : values.stream().sorted().toList()) {
            if (reached != null && value > reached + 10) {
                break;
            }
            reached = reached == null ? value : Math.max(reached, value);
            highest = value;
        }
        return highest;
    }

    private static @Nullable CursorGap gap(@Nullable Long known, List<Long> values) {
        Long highest = highest(known, values);
        long reached = highest == null || (known != null && known > highest) ? (known == null ? 0 : known) : highest;
        List<Long> above =
                values.stream().filter(value -> value > reached).sorted().toList();
        return above.isEmpty() ? null : new CursorGap(reached, above.get(0), above.size());
    }
}
