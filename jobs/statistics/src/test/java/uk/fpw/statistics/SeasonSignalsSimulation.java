package uk.fpw.statistics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Makes {@code season_signals.csv}, which {@link SeasonSignals} reads: run {@link #main} in this module's folder. Each
 * number of the file has a seed of its own, so that one can be made again by itself.
 */
final class SeasonSignalsSimulation {

    /** Charts for each number of the file. */
    static final int CHARTS = 20_000;

    private static final int[] POINTS = {5, 6, 7, 8, 10, 12, 15, 18, 21, 24, 30, 36, 48, 60, 84, 120, 180, 240};
    private static final int[] LIMIT_POINTS = {3, 5, 8, 12, 15, 18, 21, 24, 30, 36, 48, 60, 84, 120};
    private static final double[] SIZES = {0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 5};
    private static final int MOST_LATER = 11;
    private static final long SEED = 20261202;

    private static final Path FILE =
            Path.of("src", "main", "resources", "uk", "fpw", "statistics", "season_signals.csv");

    /** What the effects of twelve months look like. */
    enum Shape {
        /** A sine wave. */
        WAVE {
            @Override
            double effect(int month) {
                return Math.sqrt(2) * Math.sin(Math.PI * month / 6);
            }
        },
        /** One month differs from the eleven others. */
        ONE_MONTH {
            @Override
            double effect(int month) {
                return month % 12 == 0 ? -11 / Math.sqrt(11) : 1 / Math.sqrt(11);
            }
        };

        /** Of the place of a month in the year; mean 0 and standard deviation 1 over twelve months. */
        abstract double effect(int month);
    }

    private SeasonSignalsSimulation() {}

    /** Writes the file. */
    public static void main(String[] arguments) throws IOException {
        List<String> lines = new ArrayList<>(List.of("limit_points,size,points,share"));
        for (double size : SIZES) {
            for (int points : POINTS) {
                lines.add(line(0, size, points, share(points, size, Shape.WAVE, CHARTS, SEED)));
            }
        }
        for (int limitPoints : LIMIT_POINTS) {
            for (double size : SIZES) {
                double[] shares = sharesOfLater(limitPoints, size, CHARTS, SEED);
                for (int points = 1; points <= MOST_LATER; points++) {
                    lines.add(line(limitPoints, size, points, shares[points - 1]));
                }
            }
        }
        Files.createDirectories(FILE.getParent());
        Files.write(FILE, lines, StandardCharsets.UTF_8);
    }

    private static String line(int limitPoints, double size, int points, double share) {
        return String.format(Locale.ROOT, "%d,%s,%d,%.5f", limitPoints, size, points, share);
    }

    /** Share of charts of a number of points that show a signal. */
    static double share(int points, double size, Shape shape, int charts, long seed) {
        SplittableRandom random = random(seed, 0, points, size);
        int signals = 0;
        for (int chart = 0; chart < charts; chart++) {
            signals += hasSignal(XmrChart.of(months(random, points, size, shape), new int[0], XmrChart.Options.DEFAULT))
                    ? 1
                    : 0;
        }
        return (double) signals / charts;
    }

    /** Shares of series in which one of the next 1, 2, ... 11 points shows a signal against the limits before them. */
    static double[] sharesOfLater(int limitPoints, double size, int charts, long seed) {
        SplittableRandom random = random(seed, limitPoints, 0, size);
        double[] shares = new double[MOST_LATER];
        for (int chart = 0; chart < charts; chart++) {
            double[] months = months(random, limitPoints + MOST_LATER, size, Shape.WAVE);
            XmrChart.Segment limits = XmrChart.of(
                            Arrays.copyOf(months, limitPoints), new int[0], XmrChart.Options.DEFAULT)
                    .get(0)
                    .segment();
            for (int points = 1; points <= MOST_LATER; points++) {
                double[] later = Arrays.copyOfRange(months, limitPoints, limitPoints + points);
                shares[points - 1] += hasSignal(XmrChart.against(limits, 2, later)) ? 1.0 / charts : 0;
            }
        }
        return shares;
    }

    /** Months whose season begins anywhere, with a standard deviation of 1 about it. */
    static double[] months(SplittableRandom random, int points, double size, Shape shape) {
        int phase = random.nextInt(12);
        double[] months = new double[points];
        for (int month = 0; month < points; month++) {
            months[month] = random.nextGaussian() + size * shape.effect(month + phase);
        }
        return months;
    }

    static boolean hasSignal(List<XmrChart.Point> points) {
        return points.stream().anyMatch(point -> point.signal() != XmrChart.Signal.NONE);
    }

    private static SplittableRandom random(long seed, int limitPoints, int points, double size) {
        return new SplittableRandom(seed + 1_000_000L * limitPoints + 1000L * points + Math.round(100 * size));
    }
}
