package uk.fpw.ingest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which ranges are compared in many nights. */
class RangeChoiceTest {

    private static final LocalDate FIRST = LocalDate.of(2016, 1, 1);

    @Test
    void everyRangeIsComparedWithinTheBudget() {
        assertThat(choose(nights(FIRST, FIRST, FIRST), List.of(10L, 20L, 30L), 60, 1))
                .isEqualTo(bits(0, 1, 2));
    }

    @Test
    void newestRangeIsComparedAndThenThoseThatWereLongestAgo() {
        List<@Nullable LocalDate> comparedOn =
                nights(FIRST.plusDays(3), null, FIRST.plusDays(1), FIRST.plusDays(2), FIRST);
        assertThat(choose(comparedOn, List.of(10L, 10L, 10L, 10L, 10L), 30, 4)).isEqualTo(bits(1, 2, 4));
    }

    @Test
    void everyRangeIsComparedWithinSevenDaysWhateverTheBudget() {
        int ranges = 200;
        List<@Nullable LocalDate> comparedOn = new ArrayList<>(Collections.nCopies(ranges, null));
        int most = 0;
        for (int night = 0; night < 30; night++) {
            LocalDate date = FIRST.plusDays(night);
            BitSet chosen = choose(comparedOn, Collections.nCopies(ranges, 1000L), 0, night);
            chosen.stream().forEach(range -> comparedOn.set(range, date));
            most = Math.max(most, chosen.cardinality());
            if (night >= 6) {
                assertThat(comparedOn).allMatch(on -> on != null && on.isAfter(date.minusDays(7)));
            }
        }
        assertThat(most).isEqualTo(30); // the newest, and a seventh of the others
    }

    @Test
    void rangesThatNoLoadComparedForAWeekAreAllDue() {
        assertThat(choose(nights(FIRST, FIRST, FIRST.plusDays(1), FIRST), List.of(9L, 9L, 9L, 9L), 0, 7))
                .isEqualTo(bits(0, 1, 3));
    }

    private static BitSet choose(List<@Nullable LocalDate> comparedOn, List<Long> counts, long budget, int night) {
        return RangeChoice.choose(comparedOn, counts, budget, FIRST.plusDays(night));
    }

    private static List<@Nullable LocalDate> nights(@Nullable LocalDate... comparedOn) {
        return new ArrayList<>(Arrays.asList(comparedOn));
    }

    private static BitSet bits(int... ranges) {
        BitSet bits = new BitSet();
        for (int range : ranges) {
            bits.set(range);
        }
        return bits;
    }
}
