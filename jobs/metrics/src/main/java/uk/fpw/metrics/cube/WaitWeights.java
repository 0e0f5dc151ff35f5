package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.statistics.wait.InfluenceWeights;
import uk.fpw.statistics.wait.LogRankWeights;

/**
 * What any item does to the curves and tests of a series whose variances are computed by contributor. Follows from the
 * counts over all contributors; every task of the second pass over the spells reads the same.
 */
public final class WaitWeights implements Serializable {

    /** The weights of a test, and the position of each stratum. */
    record Pair(LogRankWeights weights, Map<String, Integer> strata) implements Serializable {}

    private final Map<CurveKey, InfluenceWeights> curves = new HashMap<>();
    private final Map<PairKey, Pair> pairs = new HashMap<>();

    /** Adds a curve. */
    public void put(CurveKey curve, InfluenceWeights weights) {
        curves.put(curve, weights);
    }

    /**
     * Adds a test.
     *
     * @param strata values of the strata, in the order of the weights
     */
    public void put(PairKey pair, LogRankWeights weights, List<String> strata) {
        Map<String, Integer> positions = new HashMap<>();
        strata.forEach(value -> positions.put(value, positions.size()));
        pairs.put(pair, new Pair(weights, positions));
    }

    /** Whether there is nothing to compute. */
    public boolean isEmpty() {
        return curves.isEmpty() && pairs.isEmpty();
    }

    Map<CurveKey, InfluenceWeights> curves() {
        return curves;
    }

    Map<PairKey, Pair> pairs() {
        return pairs;
    }
}
