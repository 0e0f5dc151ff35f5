package uk.fpw.statistics.period;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ComparisonTest {

    /** 1,600 and 1,200 cases with 3,972 and 5,146 items in years of 250 days: fewer cases, more items. */
    @Test
    void fewerCasesWithMoreItemsContradictEachOtherOnlyIfBothAreSure() {
        Comparison cases = requireNonNull(new CountedRates(1_200, 250, 1_600, 250).exact());
        Comparison items = requireNonNull(new CountedRates(5_146, 250, 3_972, 250).scaled(4));

        assertThat(cases.contradicts(items)).isTrue();
        assertThat(items.contradicts(cases)).isTrue();
        assertThat(cases.contradicts(requireNonNull(new CountedRates(5_146, 250, 3_972, 250).scaled(60))))
                .isFalse();
        assertThat(cases.contradicts(requireNonNull(new CountedRates(3_972, 250, 5_146, 250).scaled(4))))
                .isFalse();
        assertThat(requireNonNull(new CountedRates(5, 20, 0, 21).exact()).contradicts(items))
                .isFalse();
    }
}
