package uk.fpw.metrics.statistics;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How often a chart shows a signal although nothing has changed: the share of {@link XmrChart}s of so many independent
 * points of one normal distribution in which at least one point breaks a rule, limits taken from the same points. There
 * is no closed formula, since the limits are estimated. The shares come from a simulation of a million charts of each
 * length (300,000 beyond 120 points) by a program of its own in C, standard error at most 0.0007; between two lengths
 * the logarithm of the share without a signal is taken as a straight line, which is within 0.002 of the simulation.
 *
 * <p>Counts are close to it: 0.149 instead of 0.154 for 24 counts of a Poisson distribution of mean 150. Values that
 * depend on the ones before are not: of 24 ends of months of an unchanged stock, 0.98 show a signal.
 */
public final class FalseSignals {

    private static final NavigableMap<Integer, Double> SHARES = new TreeMap<>(Map.ofEntries(
            Map.entry(4, 0.0),
            Map.entry(5, 0.00465),
            Map.entry(6, 0.01438),
            Map.entry(7, 0.01765),
            Map.entry(8, 0.02110),
            Map.entry(9, 0.02621),
            Map.entry(10, 0.03235),
            Map.entry(12, 0.04686),
            Map.entry(15, 0.07270),
            Map.entry(18, 0.09939),
            Map.entry(21, 0.12669),
            Map.entry(24, 0.15430),
            Map.entry(30, 0.20829),
            Map.entry(36, 0.25962),
            Map.entry(48, 0.35353),
            Map.entry(60, 0.43522),
            Map.entry(72, 0.50816),
            Map.entry(96, 0.62651),
            Map.entry(120, 0.71737),
            Map.entry(180, 0.85877),
            Map.entry(240, 0.92935)));

    private FalseSignals() {}

    /**
     * The share of unchanged charts that show a signal.
     *
     * @param points of one segment; 0 or more
     * @return between 0 and 1; exactly 0 for up to four points, of which none can break a rule
     */
    public static double share(int points) {
        if (points <= SHARES.firstKey()) {
            return 0;
        }
        Map.Entry<Integer, Double> longer = SHARES.ceilingEntry(points);
        if (longer == null) {
            return 1 - Math.exp(quiet(SHARES.lastEntry()) * points / SHARES.lastKey());
        }
        Map.Entry<Integer, Double> shorter = Objects.requireNonNull(SHARES.floorEntry(points));
        if (longer.getKey().equals(shorter.getKey())) {
            return longer.getValue();
        }
        double part = (double) (points - shorter.getKey()) / (longer.getKey() - shorter.getKey());
        return 1 - Math.exp(quiet(shorter) + part * (quiet(longer) - quiet(shorter)));
    }

    /** Logarithm of the share of charts without a signal. */
    private static double quiet(Map.Entry<Integer, Double> share) {
        return Math.log1p(-share.getValue());
    }
}
