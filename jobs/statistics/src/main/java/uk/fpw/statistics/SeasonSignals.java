package uk.fpw.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How often a chart shows a signal although nothing but the season changes: as {@link FalseSignals}, of charts whose
 * months also go up and down within each year. The shares come from {@code season_signals.csv}, which
 * {@code SeasonSignalsSimulation} in the tests makes: 20,000 charts each, of independent normal months on a sine wave
 * of twelve months that begins anywhere in it, so with a standard error of at most 0.004. Between two sizes of the
 * season the share is interpolated linearly, and beyond the largest it is that of the largest; without a season it is
 * that of {@link FalseSignals}.
 *
 * <p>The share is that of a season of this size. Where it is only just evident, its size is overestimated: of charts
 * of 36 points with a season of half a standard deviation, 7 % have an evident one, for which 0.83 is printed on
 * average and 0.60 is true; of one standard deviation 53 %, 0.90 and 0.89. If only one month of twelve differs, fewer
 * charts show a signal, since its neighbours do not follow it: 0.65 instead of 0.88.
 */
public final class SeasonSignals {

    private static final String FILE = "season_signals.csv";

    /** Limits come from the points of the chart itself. */
    private static final int OWN = 0;

    /** Fewer points cannot break a rule. */
    private static final int FEWEST = 4;

    /** Share by number of points behind the limits, or {@link #OWN}, by size of the season, by number of points. */
    private static final NavigableMap<Integer, NavigableMap<Double, NavigableMap<Integer, Double>>> SHARES = read();

    private SeasonSignals() {}

    /** A share that depends on the size of a season. */
    private interface OfSize {
        double share(double size);
    }

    /**
     * The share of charts that show a signal.
     *
     * @param points points of one segment; 0 or more
     * @param size see {@link MonthSeason#size}; 0 for no season
     */
    public static double share(int points, double size) {
        if (points <= FEWEST) {
            return 0;
        }
        NavigableMap<Double, NavigableMap<Integer, Double>> own = Objects.requireNonNull(SHARES.get(OWN));
        return between(
                own,
                size,
                known -> known == 0
                        ? FalseSignals.share(points)
                        : ofOwnLimits(Objects.requireNonNull(own.get(known)), points));
    }

    /**
     * The share of series in which a point shows a signal against the limits of earlier points.
     *
     * @param limitPoints number of points behind the limits; at least 3
     * @param points number of the points after them, from 1 to 11
     * @param size see {@link MonthSeason#size}; 0 for no season
     */
    public static double shareOfLater(int limitPoints, int points, double size) {
        Map.Entry<Integer, NavigableMap<Double, NavigableMap<Integer, Double>>> fewer = SHARES.floorEntry(limitPoints);
        if (fewer == null || fewer.getKey() == OWN) {
            throw new IllegalArgumentException(points + " points cannot be measured against limits of " + limitPoints);
        }
        Map.Entry<Integer, NavigableMap<Double, NavigableMap<Integer, Double>>> more = SHARES.higherEntry(limitPoints);
        return between(fewer.getValue(), size, known -> {
            if (known == 0) {
                return FalseSignals.shareOfLater(limitPoints, points);
            }
            double share = at(fewer.getValue(), known, points);
            if (more == null) {
                return share;
            }
            double part = (1.0 / fewer.getKey() - 1.0 / limitPoints) / (1.0 / fewer.getKey() - 1.0 / more.getKey());
            return share + part * (at(more.getValue(), known, points) - share);
        });
    }

    private static double at(NavigableMap<Double, NavigableMap<Integer, Double>> shares, double size, int points) {
        return Objects.requireNonNull(Objects.requireNonNull(shares.get(size)).get(points));
    }

    /** Linear between two sizes of the table, of which the smallest is 0. */
    private static double between(
            NavigableMap<Double, NavigableMap<Integer, Double>> sizes, double size, OfSize shares) {
        if (size <= 0) {
            return shares.share(0);
        }
        Double larger = sizes.ceilingKey(size);
        if (larger == null) {
            return shares.share(sizes.lastKey());
        }
        Double smaller = sizes.lowerKey(larger);
        double from = smaller == null ? 0 : smaller;
        double part = (size - from) / (larger - from);
        return (1 - part) * shares.share(from) + part * shares.share(larger);
    }

    /** Between two lengths, the logarithm of the share without a signal is interpolated linearly. */
    private static double ofOwnLimits(NavigableMap<Integer, Double> shares, int points) {
        Map.Entry<Integer, Double> longer = shares.ceilingEntry(points);
        if (longer == null) {
            return 1 - Math.exp(quiet(shares.lastEntry().getValue()) * points / shares.lastKey());
        }
        Map.Entry<Integer, Double> shorter = shares.lowerEntry(longer.getKey());
        int from = shorter == null ? FEWEST : shorter.getKey();
        double quietBefore = shorter == null ? 0 : quiet(shorter.getValue());
        double part = (double) (points - from) / (longer.getKey() - from);
        return 1 - Math.exp(quietBefore + part * (quiet(longer.getValue()) - quietBefore));
    }

    /** Logarithm of the share of charts without a signal, of which there is always some. */
    private static double quiet(double share) {
        return Math.log(Math.max(1 - share, 1e-5));
    }

    private static NavigableMap<Integer, NavigableMap<Double, NavigableMap<Integer, Double>>> read() {
        NavigableMap<Integer, NavigableMap<Double, NavigableMap<Integer, Double>>> shares = new TreeMap<>();
        for (String line : lines()) {
            String[] parts = line.split(",", -1);
            shares.computeIfAbsent(Integer.valueOf(parts[0]), limits -> new TreeMap<>())
                    .computeIfAbsent(Double.valueOf(parts[1]), size -> new TreeMap<>())
                    .put(Integer.valueOf(parts[2]), Double.valueOf(parts[3]));
        }
        return shares;
    }

    private static List<String> lines() {
        try (InputStream file = Objects.requireNonNull(SeasonSignals.class.getResourceAsStream(FILE), FILE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
