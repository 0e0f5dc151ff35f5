package uk.fpw.statistics.period;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.fpw.statistics.Proportion;

class ComparisonTest {

    /** 1,600 and 1,200 cases with 3,972 and 5,146 items in years of 250 days: fewer cases, more items. */
    @Test
    void fewerCasesWithMoreItemsContradictEachOtherOnlyIfBothAreSure() {
        Comparison cases = requireNonNull(new CountedRates(1_200, 250, 1_600, 250).exact());
        Comparison items = requireNonNull(new CountedRates(5_146, 250, 3_972, 250).scaled(4));

        assertThat(cases.contradicts(items, 1)).isTrue();
        assertThat(items.contradicts(cases, 1)).isTrue();
        assertThat(cases.contradicts(requireNonNull(new CountedRates(5_146, 250, 3_972, 250).scaled(60)), 1))
                .isFalse();
        assertThat(cases.contradicts(requireNonNull(new CountedRates(3_972, 250, 5_146, 250).scaled(4)), 1))
                .isFalse();
        assertThat(requireNonNull(new CountedRates(5, 20, 0, 21).exact()).contradicts(items, 1))
                .isFalse();
    }

    /** 40 of 100 cases instead of 60, and 900 of 1,200 items instead of 700: differences of opposite signs. */
    @Test
    void sharesContradictEachOtherByTheSignOfTheirDifference() {
        Comparison cases = new CountedShares(new Proportion(40, 100), new Proportion(60, 100)).compare();
        Comparison items =
                requireNonNull(new CountedShares(new Proportion(900, 1_200), new Proportion(700, 1_200)).scaled(2));

        assertThat(cases.contradicts(items, 0)).isTrue();
        assertThat(cases.contradicts(cases, 0)).isFalse();
    }

    /** By hand: in turn, the products of neighbours are -7 and the squares 8: -0.88, beyond 2 / sqrt(8). */
    @Test
    void weeksWanderIfTheyResembleOrAvoidTheirNeighbours() {
        assertThat(MeanDifference.isWandering(new long[] {1, -1, 1, -1, 1, -1, 1, -1}, new long[0]))
                .isTrue();
        assertThat(MeanDifference.isWandering(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, new long[] {8, 7, 6, 5, 4, 3, 2, 1}))
                .isTrue();
        // deviations 1, 1, -1, -1, 1, 1, -1, -1: products sum to 1, squares to 8
        assertThat(MeanDifference.isWandering(new long[] {1, 1, -1, -1, 1, 1, -1, -1}, new long[0]))
                .isFalse();
        assertThat(MeanDifference.isWandering(new long[] {5, 5, 5}, new long[] {5, 5}))
                .isFalse();
    }
}
