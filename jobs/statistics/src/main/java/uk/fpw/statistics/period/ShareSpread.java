package uk.fpw.statistics.period;

import java.util.Arrays;

/**
 * How much a share varies over time beyond what independent items would: in a queue that is served in turn, cases that
 * come at the same time wait alike, and so do those that come after them.
 */
public final class ShareSpread {

    /** With fewer blocks there is nothing to learn from. */
    private static final int FEWEST_BLOCKS = 3;

    private final long[] hits;
    private final long[] totals;

    /**
     * Checks the numbers.
     *
     * @param hits by block of time, what is counted
     * @param totals by block, of how many
     */
    public ShareSpread(long[] hits, long[] totals) {
        if (hits.length != totals.length) {
            throw new IllegalArgumentException(hits.length + " blocks of hits and " + totals.length + " of totals");
        }
        this.hits = hits.clone();
        this.totals = totals.clone();
    }

    /**
     * The variance of the hits of blocks over that of independent items with one share in all blocks (Pearson's
     * chi-square over its degrees of freedom, with blocks weighted by their size); at least 1, and 1 if it is unknown.
     */
    public double factor() {
        double hit = Arrays.stream(hits).sum();
        double total = Arrays.stream(totals).sum();
        long blocks = Arrays.stream(totals).filter(count -> count > 0).count();
        if (blocks < FEWEST_BLOCKS || hit == 0 || hit == total) {
            return 1;
        }
        double share = hit / total;
        double squares = 0;
        for (int i = 0; i < hits.length; i++) {
            double surplus = hits[i] - totals[i] * share;
            squares += surplus * surplus;
        }
        return Math.max(1, squares / (share * (1 - share) * total) * blocks / (blocks - 1));
    }

    /** Lag-1 autocorrelation of the shares of successive blocks with a total; 0 if they do not vary. */
    public double autocorrelation() {
        double[] shares = shares();
        double mean = Arrays.stream(shares).average().orElse(0);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < shares.length; i++) {
            squares += (shares[i] - mean) * (shares[i] - mean);
            products += i == 0 ? 0 : (shares[i] - mean) * (shares[i - 1] - mean);
        }
        return squares == 0 ? 0 : products / squares;
    }

    /** Number of blocks with a total. */
    public int blocks() {
        return shares().length;
    }

    /** Whether blocks resemble their neighbours by more than chance: autocorrelation above 2 / sqrt(n). */
    public boolean isWandering() {
        return autocorrelation() > 2 / Math.sqrt(blocks());
    }

    private double[] shares() {
        double[] shares = new double[hits.length];
        int known = 0;
        for (int i = 0; i < hits.length; i++) {
            if (totals[i] > 0) {
                shares[known++] = (double) hits[i] / totals[i];
            }
        }
        return Arrays.copyOf(shares, known);
    }
}
