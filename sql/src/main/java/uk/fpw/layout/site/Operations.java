package uk.fpw.layout.site;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the warehouse has been loaded and computed lately.
 *
 * @param loads the latest load of each feed
 * @param excluded rows that the latest computation left out, by reason
 * @param runs the latest runs, the latest first
 * @param findings what tests found in the latest runs, the latest first; a test without a finding is not in it
 */
public record Operations(List<Load> loads, List<Excluded> excluded, List<Run> runs, List<Finding> findings) {

    /** Nothing is known. */
    public static final Operations NONE = new Operations(List.of(), List.of(), List.of(), List.of());

    public Operations {
        loads = List.copyOf(loads);
        excluded = List.copyOf(excluded);
        runs = List.copyOf(runs);
        findings = List.copyOf(findings);
    }

    /**
     * The latest load of a feed. A count that was not taken is null.
     *
     * @param status such as {@code loaded} or {@code failed}
     * @param held rows that still count although the delivery did not have them, since keys of others could not be read
     */
    public record Load(
            String feed,
            LocalDate businessDate,
            String status,
            @Nullable Long received,
            @Nullable Long loaded,
            @Nullable Long unchanged,
            @Nullable Long repeated,
            @Nullable Long refused,
            @Nullable Long held) {}

    /**
     * Rows of a feed that were left out for a reason.
     *
     * @param code rule or reason
     */
    public record Excluded(String feed, String code, long rowCount) {}

    /**
     * A run.
     *
     * @param status such as {@code released} or {@code failed}
     * @param reason why it ended with an error, in words for everyone; null if it did not
     */
    public record Run(
            LocalDate businessDate, String status, @Nullable String reason) {}

    /**
     * A test with a finding.
     *
     * @param severity {@code stop} or {@code warning}
     * @param failedCount rows
     */
    public record Finding(LocalDate businessDate, String table, String code, String severity, long failedCount) {}
}
