package uk.fpw.statistics.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Adjusts the p of several tests, so that any false finding among them is as rare as in one test (Holm 1979). */
public final class Holm {

    private Holm() {}

    /**
     * The adjusted p of each test.
     *
     * @param log10P base-10 logarithms of the p of all tests
     * @return the same of the adjusted p, in the same order
     */
    public static List<Double> adjust(List<Double> log10P) {
        int tests = log10P.size();
        int[] byP = IntStream.range(0, tests)
                .boxed()
                .sorted(Comparator.comparing(log10P::get))
                .mapToInt(Integer::intValue)
                .toArray();
        Double[] adjusted = new Double[tests];
        double largest = Double.NEGATIVE_INFINITY;
        for (int rank = 0; rank < tests; rank++) {
            largest = Math.max(largest, Math.min(0, log10P.get(byP[rank]) + Math.log10((double) tests - rank)));
            adjusted[byP[rank]] = largest;
        }
        return new ArrayList<>(Arrays.asList(adjusted));
    }
}
