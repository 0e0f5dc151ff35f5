package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import uk.fpw.statistics.wait.InfluenceSums;
import uk.fpw.statistics.wait.LogRankSums;

/**
 * The variances of the curves and tests of a series, as sums over contributors. Sums over different contributors add
 * up, in any order to the same numbers.
 */
public final class WaitSums implements Serializable {

    private final Map<CurveKey, InfluenceSums> curves = new HashMap<>();
    private final Map<PairKey, LogRankSums> pairs = new HashMap<>();

    void put(CurveKey key, InfluenceSums sums) {
        curves.put(key, sums);
    }

    void put(PairKey key, LogRankSums sums) {
        pairs.put(key, sums);
    }

    /** Adds sums over other contributors. */
    public WaitSums add(WaitSums other) {
        other.curves.forEach((key, sums) -> curves.merge(key, sums, InfluenceSums::add));
        other.pairs.forEach((key, sums) -> pairs.merge(key, sums, LogRankSums::add));
        return this;
    }

    /** The sums of a curve that has {@link WaitWeights}. */
    public InfluenceSums curve(CurveKey key) {
        return Objects.requireNonNull(curves.get(key), () -> "no contributor of " + key);
    }

    /** The sums of a test that has {@link WaitWeights}. */
    public LogRankSums pair(PairKey key) {
        return Objects.requireNonNull(pairs.get(key), () -> "no contributor of " + key);
    }
}
