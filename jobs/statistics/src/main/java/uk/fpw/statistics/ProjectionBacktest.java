package uk.fpw.statistics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often projections of past weeks held what then waited. Every past week with enough weeks before and after it is
 * projected from, unless nothing would have been projected then ({@link FlowProjection#refusal}). Windows of
 * neighbouring weeks overlap and are nearly the same window: only those that do not count as independent.
 *
 * @param windows past weeks from which there was a projection that has been reached
 * @param covered of these, those after which the stock lay within the interval
 * @param independent of the windows, those of which no two share a projected week, from the first on
 * @param independentCovered of these, those after which the stock lay within the interval
 */
public record ProjectionBacktest(int windows, int covered, int independent, int independentCovered) {

    /** With fewer independent windows nothing is said: of ten, eight are 49 to 94 %. */
    public static final int FEWEST_WINDOWS = 20;

    private static final double NOMINAL = 0.95;

    /**
     * Projects from every past week.
     *
     * @param waiting items waiting at the end of each week, oldest first
     * @param netChanges net change of the same weeks
     * @param rebased whether a recorded change began in the week: no projection is made from weeks before it
     */
    public static ProjectionBacktest of(long[] waiting, long[] netChanges, boolean[] rebased, int weeksAhead) {
        int windows = 0;
        int covered = 0;
        int independent = 0;
        int independentCovered = 0;
        int nextIndependent = 0;
        int since = 0;
        for (int from = 1; from + weeksAhead <= waiting.length; from++) {
            since = rebased[from - 1] ? from - 1 : since;
            if (from - since < FlowProjection.WEEKS) {
                continue;
            }
            long[] weeks = Arrays.copyOfRange(netChanges, from - FlowProjection.WEEKS, from);
            if (FlowProjection.refusal(weeks) != null) {
                continue;
            }
            boolean isCovered =
                    FlowProjection.of(waiting[from - 1], weeks, weeksAhead).covers(waiting[from - 1 + weeksAhead]);
            windows++;
            covered += isCovered ? 1 : 0;
            if (from >= nextIndependent) {
                independent++;
                independentCovered += isCovered ? 1 : 0;
                nextIndependent = from + weeksAhead;
            }
        }
        return new ProjectionBacktest(windows, covered, independent, independentCovered);
    }

    /** The independent windows; null if there are none. */
    public @Nullable Proportion share() {
        return independent == 0 ? null : new Proportion(independentCovered, independent);
    }

    /** Whether the share of the independent windows may be 95 %; null below {@link #FEWEST_WINDOWS} of them. */
    public @Nullable Boolean isPassed() {
        Proportion share = share();
        if (share == null || independent < FEWEST_WINDOWS) {
            return null;
        }
        return share.interval().high() >= NOMINAL;
    }
}
