package uk.fpw.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Projections and their back-test; intervals and autocorrelations by R: {@code qt}, {@code sd} and {@code acf}. */
class FlowProjectionTest {

    private static final double EXACT = 1e-11;

    /** Each week tends to be followed by its opposite. */
    private static final long[] ALTERNATING = {
        3, -2, 5, 0, 1, -4, 2, 6, -1, 0, 3, -3, 4, 1, -2, 2, 0, 5, -1, 3, -2, 1, 4, 0, -3, 2
    };

    private static final long[] ALIKE = {
        2, -1, 3, 0, -2, 1, 4, -3, 1, 2, -1, 0, 3, -2, 2, 1, -4, 0, 2, 3, -1, -2, 1, 0, 2, -3
    };

    @Test
    void intervalIsThatOfASumOfFurtherWeeks() {
        FlowProjection month = FlowProjection.of(150, ALTERNATING, 4);
        assertThat(month.low()).isCloseTo(141.6286040568930, within(EXACT));
        assertThat(month.closing()).isCloseTo(153.6923076923077, within(EXACT));
        assertThat(month.high()).isCloseTo(165.7560113277224, within(EXACT));
        FlowProjection quarter = FlowProjection.of(150, ALTERNATING, 13);
        assertThat(quarter.low()).isCloseTo(137.2032926716434, within(EXACT));
        assertThat(quarter.high()).isCloseTo(186.7967073283566, within(EXACT));
    }

    @Test
    void nothingWaitsBelowNothing() {
        long[] falling = new long[FlowProjection.WEEKS];
        Arrays.fill(falling, -2);
        assertThat(FlowProjection.of(10, falling, 8)).isEqualTo(new FlowProjection(0, 0, 0));
        assertThat(FlowProjection.of(10, falling, 4)).isEqualTo(new FlowProjection(2, 2, 2));
    }

    @Test
    void weeksThatDoNotGoOnAlikeAreRefused() {
        assertThat(FlowProjection.refusal(ALIKE)).isNull();
        assertThat(FlowProjection.refusal(ALTERNATING))
                .isEqualTo("the net changes of neighbouring weeks are not independent of each other");
        assertThat(FlowProjection.autocorrelation(ALTERNATING)).isCloseTo(-0.4379457463066734, within(EXACT));
        long[] batch = ALIKE.clone();
        batch[20] = -40;
        assertThat(FlowProjection.refusal(batch))
                .isEqualTo("the net change of the week 6 weeks before is a signal: below the lower limit");
        long[] shift = ALIKE.clone();
        for (int i = 13; i < shift.length; i++) {
            shift[i] += 8;
        }
        assertThat(FlowProjection.refusal(shift)).contains(" is a signal: ");
    }

    @Test
    void horizonAndNumberOfWeeksAreFixed() {
        assertThatThrownBy(() -> FlowProjection.of(1, ALIKE, 14)).hasMessageContaining("from 1 to 13");
        assertThatThrownBy(() -> FlowProjection.of(1, new long[25], 4)).hasMessageContaining("25 weeks");
    }

    /** Nothing comes or leaves, but what is said to wait jumps in the thirtieth week. */
    @Test
    void backtestCountsWindowsThatDoNotOverlap() {
        long[] waiting = new long[40];
        Arrays.fill(waiting, 0, 29, 10);
        Arrays.fill(waiting, 29, 40, 99);
        ProjectionBacktest test = ProjectionBacktest.of(waiting, new long[40], new boolean[40], 4);
        // from weeks 26 to 36; those from 26 to 29 end after the jump
        assertThat(test).isEqualTo(new ProjectionBacktest(11, 7, 3, 2));
        assertThat(test.isPassed()).isNull();
        assertThat(test.share()).isEqualTo(new Proportion(2, 3));
    }

    @Test
    void backtestDoesNotReachAcrossARecordedChange() {
        boolean[] rebased = new boolean[40];
        rebased[5] = true;
        assertThat(ProjectionBacktest.of(new long[40], new long[40], rebased, 4))
                .isEqualTo(new ProjectionBacktest(6, 6, 2, 2));
        assertThat(ProjectionBacktest.of(new long[20], new long[20], new boolean[20], 4)
                        .share())
                .isNull();
    }

    @Test
    void verdictNeedsTwentyWindows() {
        assertThat(new ProjectionBacktest(80, 80, 20, 20).isPassed()).isTrue();
        assertThat(new ProjectionBacktest(80, 60, 20, 15).isPassed()).isFalse();
        assertThat(new ProjectionBacktest(80, 60, 19, 10).isPassed()).isNull();
    }
}
