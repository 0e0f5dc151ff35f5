package uk.fpw.nightly.measure;

import java.util.List;

/** The median of numbers. */
public final class Median {

    private Median() {}

    /**
     * The middle one, or the mean of the two in the middle.
     *
     * @param numbers at least one
     */
    public static double of(List<? extends Number> numbers) {
        double[] sorted =
                numbers.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
