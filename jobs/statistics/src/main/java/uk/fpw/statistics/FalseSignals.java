package uk.fpw.statistics;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How often a chart shows a signal although nothing has changed: the share of {@link XmrChart}s of a number of
 * independent points from one normal distribution in which at least one point breaks a rule, with limits from the
 * same points. There is no closed formula, because the limits are estimated. The shares come from a simulation of a
 * million charts of each length (300,000 beyond 120 points) by an independent program in C, with a standard error of
 * at most 0.0007. Between two lengths, the logarithm of the share without a signal is interpolated linearly, which is
 * within 0.002 of the simulation.
 *
 * <p>Counts are close to it: 0.149 instead of 0.154 for 24 counts from a Poisson distribution with mean 150, and less
 * than 1.5 times as many from a mean of 5 (0.20 for 24 counts). Counts with a mean of 1 are not: 0.41 instead of
 * 0.15. Neither are autocorrelated values: of charts of 24 month ends of an unchanged stock, 0.98 show a signal.
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

    /**
     * Share of unchanged series in which one of the next 1, 2, ... 11 points breaks a rule, by the number of points
     * behind the limits: 300,000 series each, by the same program, with a standard error of at most 0.0009.
     */
    private static final NavigableMap<Integer, List<Double>> LATER = new TreeMap<>(Map.of(
            3, List.of(0.1115, 0.1760, 0.2342, 0.2718, 0.3008, 0.3248, 0.3981, 0.4267, 0.4526, 0.4760, 0.4979),
            5, List.of(0.0571, 0.0985, 0.1440, 0.1765, 0.2040, 0.2272, 0.2891, 0.3178, 0.3444, 0.3685, 0.3914),
            8, List.of(0.0306, 0.0567, 0.0878, 0.1127, 0.1344, 0.1542, 0.2056, 0.2320, 0.2570, 0.2806, 0.3031),
            12, List.of(0.0189, 0.0360, 0.0579, 0.0765, 0.0935, 0.1097, 0.1527, 0.1761, 0.1990, 0.2207, 0.2409),
            18, List.of(0.0121, 0.0240, 0.0398, 0.0533, 0.0663, 0.0786, 0.1141, 0.1352, 0.1557, 0.1755, 0.1945),
            24, List.of(0.0094, 0.0186, 0.0311, 0.0419, 0.0525, 0.0628, 0.0944, 0.1128, 0.1316, 0.1495, 0.1670),
            36, List.of(0.0066, 0.0131, 0.0226, 0.0310, 0.0394, 0.0475, 0.0752, 0.0917, 0.1077, 0.1239, 0.1397),
            60, List.of(0.0047, 0.0097, 0.0166, 0.0230, 0.0293, 0.0356, 0.0601, 0.0748, 0.0893, 0.1037, 0.1177),
            120, List.of(0.0036, 0.0073, 0.0128, 0.0179, 0.0229, 0.0280, 0.0494, 0.0622, 0.0751, 0.0881, 0.1005)));

    private FalseSignals() {}

    /**
     * The share of unchanged charts that show a signal.
     *
     * @param points points of one segment; 0 or more
     * @return between 0 and 1; exactly 0 for up to four points, which cannot break a rule
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

    /**
     * The share of unchanged series in which a point shows a signal against the limits of earlier points.
     *
     * @param limitPoints number of points behind the limits; at least 3
     * @param points number of the points after them, from 1 to 11
     * @return between 0 and 1; linear in {@code 1 / limitPoints} between two numbers of the simulation, and beyond
     *     120 that for 120
     */
    public static double shareOfLater(int limitPoints, int points) {
        Map.Entry<Integer, List<Double>> fewer = LATER.floorEntry(limitPoints);
        if (fewer == null || points < 1 || points > fewer.getValue().size()) {
            throw new IllegalArgumentException(points + " points cannot be measured against limits of " + limitPoints);
        }
        double share = fewer.getValue().get(points - 1);
        Map.Entry<Integer, List<Double>> more = LATER.higherEntry(limitPoints);
        if (more == null) {
            return share;
        }
        double part = (1.0 / fewer.getKey() - 1.0 / limitPoints) / (1.0 / fewer.getKey() - 1.0 / more.getKey());
        return share + part * (more.getValue().get(points - 1) - share);
    }

    /** Logarithm of the share of charts without a signal. */
    private static double quiet(Map.Entry<Integer, Double> share) {
        return Math.log1p(-share.getValue());
    }
}
