package uk.fpw.statistics.period;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/** Whether the mean of some weeks differs from that of others: Welch's test (R's {@code t.test}). */
public final class MeanDifference {

    private static final double ERROR_RATE = 0.05;
    private static final double POWER = 0.8;

    private MeanDifference() {}

    /** Mean of numbers; null without any. */
    public static @Nullable Double mean(long[] numbers) {
        return numbers.length == 0
                ? null
                : (Double) Arrays.stream(numbers).average().orElseThrow();
    }

    /** Later mean less earlier mean; null with fewer than two numbers of either, or if none of them vary. */
    public static @Nullable Comparison of(long[] later, long[] earlier) {
        if (later.length < 2 || earlier.length < 2) {
            return null;
        }
        double ofLater = variance(later) / later.length;
        double ofEarlier = variance(earlier) / earlier.length;
        double error = Math.sqrt(ofLater + ofEarlier);
        if (error == 0) {
            return null;
        }
        double difference = average(later) - average(earlier);
        double degrees = Math.pow(ofLater + ofEarlier, 2)
                / (ofLater * ofLater / (later.length - 1) + ofEarlier * ofEarlier / (earlier.length - 1));
        TDistribution t = TDistribution.of(degrees);
        double half = t.inverseSurvivalProbability(ERROR_RATE / 2) * error;
        double p = 2 * t.survivalProbability(Math.abs(difference) / error);
        return new Comparison(
                difference,
                difference - half,
                difference + half,
                Math.min(0, Math.log10(Math.max(p, Double.MIN_VALUE))),
                half + t.inverseCumulativeProbability(POWER) * error);
    }

    /**
     * Whether the numbers of the two resemble or avoid their neighbours by more than chance, so that they are not
     * independent as the test has them: lag-1 autocorrelation around the mean of each, beyond 2 / sqrt(n).
     */
    public static boolean isWandering(long[] later, long[] earlier) {
        double squares = 0;
        double products = 0;
        for (long[] numbers : List.of(later, earlier)) {
            double mean = numbers.length == 0 ? 0 : average(numbers);
            for (int i = 0; i < numbers.length; i++) {
                squares += (numbers[i] - mean) * (numbers[i] - mean);
                products += i == 0 ? 0 : (numbers[i] - mean) * (numbers[i - 1] - mean);
            }
        }
        return squares > 0 && Math.abs(products / squares) > 2 / Math.sqrt(later.length + earlier.length);
    }

    private static double average(long[] numbers) {
        return (double) Arrays.stream(numbers).sum() / numbers.length;
    }

    private static double variance(long[] numbers) {
        double mean = average(numbers);
        return Arrays.stream(numbers)
                        .mapToDouble(number -> (number - mean) * (number - mean))
                        .sum()
                / (numbers.length - 1);
    }
}
