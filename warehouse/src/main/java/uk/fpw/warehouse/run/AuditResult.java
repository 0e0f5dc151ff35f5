package uk.fpw.warehouse.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;
import uk.fpw.warehouse.run.MetricsResult.Timing;

/**
 * What the audit process found.
 *
 * @param tables every table that it was given
 * @param quality every test, passed or not
 * @param timings where the seconds went, in order
 * @param failure what went wrong, in one sentence; null if nothing did
 */
public record AuditResult(
        List<Table> tables,
        List<QualityResult> quality,
        List<Timing> timings,
        @Nullable String failure) {

    /** An audit that could not be made. */
    public static AuditResult failed(String failure, List<Timing> timings) {
        return new AuditResult(List.of(), List.of(), timings, failure);
    }

    /**
     * One table.
     *
     * @param digest SHA-256 (hex) that stands for its rows in any order, without their {@code release_id}
     */
    public record Table(String name, long rowCount, String digest) {}
}
