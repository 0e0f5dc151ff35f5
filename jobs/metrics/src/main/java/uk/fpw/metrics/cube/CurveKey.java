package uk.fpw.metrics.cube;

import java.io.Serializable;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.warehouse.force.queue.PeriodKind;

/**
 * Identifies one of the curves of a series: of a cohort, of a period in which items were at risk, or of a group that is
 * compared with another.
 *
 * @param family what it is a curve of: a cohort, a kind of period, or a comparison, by its position
 * @param number number of the cohort or of the period; 0 for the value of a slice
 * @param value value of a slice; otherwise empty
 */
public record CurveKey(String family, int number, String value) implements Serializable {

    private static final String COHORT = "cohort";

    /** The curve of a cohort, see {@link WaitCounts#cohorts}. */
    public static CurveKey ofCohort(int number) {
        return new CurveKey(COHORT, number, "");
    }

    /** The curve of a period, see {@link WindowCounts#windows}. */
    public static CurveKey ofWindow(PeriodKind kind, int number) {
        return new CurveKey(kind.name(), number, "");
    }

    /** The curve of a group of a comparison, given the position of the comparison among the queue's. */
    public static CurveKey ofGroup(int comparison, ComparisonSpec.Group group) {
        return new CurveKey("comparison " + comparison, group.period(), group.value());
    }
}
