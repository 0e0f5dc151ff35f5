package uk.fpw.statistics.wait;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The log-rank test of two groups whose items are not independent, because some are of one contributor: observed less
 * expected over the root of the sum, over contributors, of the squared sum of what their items do to it
 * ({@link LogRankWeights}). A contributor with items in both groups is one.
 *
 * <p>Where every contributor has one item, the test is the usual one ({@link LogRank}).
 */
public final class LogRankSums implements Serializable {

    /**
     * With fewer contributors in a group the test calls groups of cases of up to ten devices that wait alike different
     * in more than 6 %, see {@code docs/methods.md}. The arithmetic answers for any number; who publishes withholds.
     */
    public static final int FEWEST_CONTRIBUTORS = 75;

    /**
     * With fewer exits expected of a group the test calls groups that wait alike, one much larger than the other,
     * different in up to 12 %, see {@code docs/methods.md}.
     */
    public static final int FEWEST_EXITS = 75;

    private final LogRankWeights weights;
    private final FixedSums squares = new FixedSums(1);
    private final long[] contributors = new long[2];
    private boolean hasSeveralItems;
    private double[] influences = new double[16];

    /** No contributors yet. */
    public LogRankSums(LogRankWeights weights) {
        this.weights = weights;
    }

    /** Adds a contributor with all its items of both groups; one without items is none. */
    public LogRankSums add(ComparedWaits waits) {
        int size = waits.size();
        if (influences.length < size) {
            influences = new double[2 * size];
        }
        boolean isInFirst = false;
        boolean isInSecond = false;
        for (int i = 0; i < size; i++) {
            influences[i] = weights.influence(waits, i);
            isInFirst |= waits.group(i) == 0;
            isInSecond |= waits.group(i) == 1;
        }
        // the same sum in whatever order the items come
        Arrays.sort(influences, 0, size);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += influences[i];
        }
        squares.add(0, sum * sum);
        contributors[0] += isInFirst ? 1 : 0;
        contributors[1] += isInSecond ? 1 : 0;
        hasSeveralItems |= waits.items() > 1;
        return this;
    }

    /** Adds the sums over other contributors, made with the same weights. */
    public LogRankSums add(LogRankSums other) {
        squares.add(other.squares);
        contributors[0] += other.contributors[0];
        contributors[1] += other.contributors[1];
        hasSeveralItems |= other.hasSeveralItems;
        return this;
    }

    /** Contributors with items in the first group (0) or in the second (1). */
    public long contributors(int group) {
        return contributors[group];
    }

    /** Whether some contributor has more than one item, so that items may not be independent. */
    public boolean isRobustNeeded() {
        return hasSeveralItems;
    }

    /** Variance of observed less expected. */
    public double variance() {
        return squares.value(0);
    }

    /** Chi-square with one degree of freedom; NaN without variance. */
    public double chiSquare() {
        double difference = weights.observedLessExpected();
        double variance = variance();
        return variance > 0 ? difference * difference / variance : Double.NaN;
    }

    /** Base-10 logarithm of the probability of a difference this large if both waited alike; NaN without variance. */
    public double log10P() {
        return LogRank.log10P(chiSquare());
    }
}
