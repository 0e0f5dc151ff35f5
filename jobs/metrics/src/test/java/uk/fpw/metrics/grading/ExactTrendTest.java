package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Against fractions from an independent program (Python, every table with these sums, exact arithmetic), and by hand.
 */
class ExactTrendTest {

    private static final long[] SHARE = {1, 0};

    private static void same(@Nullable Double found, double numerator, double denominator) {
        assertThat(found).isCloseTo(numerator / denominator, within(1e-12));
    }

    @Test
    void threePeriodsByHand() {
        // 0, 1 and 2 of 2 are good: C(2,x) C(2,y) C(2,z) of 20 ways. Time x good is 5, where 3 is expected: 5 is only
        // (0,1,2), with 1 * 2 * 1 ways, and 1 only (2,1,0): 4/20
        same(ExactTrend.p(new long[][] {{0, 2}, {1, 1}, {2, 0}}, new long[] {0, 1, 2}, SHARE), 1, 5);
    }

    @Test
    void sharesOfUnequalDistance() {
        long[][] table = {{3, 7}, {6, 4}, {9, 1}};
        same(ExactTrend.p(table, new long[] {0, 1, 3}, SHARE), 37313, 3459729);
        // the same, shifted by years and with the other side counted
        same(ExactTrend.p(table, new long[] {2011, 2012, 2014}, SHARE), 37313, 3459729);
        same(ExactTrend.p(table, new long[] {0, 1, 3}, new long[] {0, 1}), 37313, 3459729);
        // grades that nobody got
        same(
                ExactTrend.p(new long[][] {{3, 7, 0, 0}, {6, 4, 0, 0}, {9, 1, 0, 0}}, new long[] {0, 1, 3}, new long[] {
                    1, 2, 3, 4
                }),
                37313,
                3459729);
    }

    @Test
    void fivePeriodsOfTen() {
        same(
                ExactTrend.p(new long[][] {{1, 9}, {2, 8}, {5, 5}, {4, 6}, {8, 2}}, new long[] {0, 1, 2, 3, 4}, SHARE),
                1395161,
                1057942270);
    }

    @Test
    void gradesByTheirRank() {
        same(
                ExactTrend.p(
                        new long[][] {{1, 2, 3}, {2, 2, 2}, {4, 1, 1}}, new long[] {0, 1, 2}, new long[] {1, 2, 3}),
                168697,
                1225224);
        long[][] table = {{2, 3, 1, 0}, {1, 2, 2, 1}, {0, 1, 3, 2}, {0, 0, 1, 3}};
        same(ExactTrend.p(table, new long[] {4, 5, 6, 8}, new long[] {1, 2, 3, 4}), 2790547, 2987504520.0);
        // another period without cases, so that there are fewer grades than periods, and the reverse
        long[][] later = {{2, 3, 1, 0}, {1, 2, 2, 1}, {0, 1, 3, 2}, {0, 0, 1, 3}};
        long[][] exchanged = new long[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                exchanged[j][i] = later[i][j];
            }
        }
        same(ExactTrend.p(exchanged, new long[] {1, 2, 3, 4}, new long[] {4, 5, 6, 8}), 2790547, 2987504520.0);
        same(
                ExactTrend.p(
                        new long[][] {{1, 2, 4}, {2, 2, 1}, {3, 2, 1}, {0, 0, 0}},
                        new long[] {3, 2, 1, 0},
                        new long[] {0, 1, 2}),
                168697,
                1225224);
    }

    @Test
    void manyCasesComeCloseToTheNormalApproximation() {
        long[][] table = {{30, 70}, {35, 65}, {45, 55}};

        assertThat(ExactTrend.isNeeded(table)).isFalse();
        GradeTrend approximate =
                GradeTrend.ofShare(new long[] {30, 35, 45}, new long[] {100, 100, 100}, new double[] {0, 1, 2});
        assertThat(ExactTrend.p(table, new long[] {0, 1, 2}, SHARE))
                .isCloseTo(Objects.requireNonNull(approximate).p(), within(0.01));
    }

    @Test
    void fewerThanFiveExpectedAreFew() {
        // 10 of 20 in each half: 5 expected of each side in the smaller period
        assertThat(ExactTrend.isNeeded(new long[][] {{5, 5}, {5, 5}})).isFalse();
        assertThat(ExactTrend.isNeeded(new long[][] {{4, 5}, {6, 5}})).isTrue();
        // one rare grade next to two that divide evenly
        assertThat(ExactTrend.isNeeded(new long[][] {{1, 20, 20}, {0, 20, 20}})).isFalse();
        assertThat(ExactTrend.isNeeded(new long[][] {{1, 40}, {0, 40}})).isTrue();
    }

    @Test
    void whatWouldTakeTooLongHasNone() {
        long[][] table = new long[12][4];
        long[] times = new long[12];
        for (int i = 0; i < 12; i++) {
            table[i] = new long[] {20 + i, 40, 40 - i, 10};
            times[i] = i;
        }

        assertThat(ExactTrend.p(table, times, new long[] {1, 2, 3, 4})).isNull();
    }
}
