package uk.fpw.metrics.cube;

import java.io.Serializable;
import uk.fpw.metrics.series.ComparisonSpec;

/**
 * Identifies a test of two groups.
 *
 * @param comparison position of the comparison among the queue's
 */
public record PairKey(int comparison, ComparisonSpec.Group first, ComparisonSpec.Group second)
        implements Serializable {}
