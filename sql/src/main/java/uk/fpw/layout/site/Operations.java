package uk.fpw.layout.site;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the warehouse has been loaded and computed lately.
 *
 * @param loads the latest load of each feed
 * @param accounts where the current rows of each feed went in the latest computation
 * @param runs the latest runs, the latest first
 * @param findings what tests found in the latest runs, the latest first; a test without a finding is not in it
 */
public record Operations(List<Load> loads, List<Account> accounts, List<Run> runs, List<Finding> findings) {

    /** Nothing is known. */
    public static final Operations NONE = new Operations(List.of(), List.of(), List.of(), List.of());

    public Operations {
        loads = List.copyOf(loads);
        accounts = List.copyOf(accounts);
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
            @Nullable Long superseded,
            @Nullable Long refused,
            @Nullable Long held) {}

    /**
     * Where the current rows of a feed went: current = used + excluded + ahead + out of scope.
     *
     * @param excluded rows that were left out, by rule or reason
     * @param ahead rows whose item has only dates after the business date
     * @param wereInScope of the rows out of scope, those of which an earlier version was in scope
     * @param scopeChanged rows of which a column of the scope has changed
     * @param laterDates dates after the business date, by column
     */
    public record Account(
            String feed,
            long current,
            long used,
            List<Count> excluded,
            long ahead,
            long outOfScope,
            long wereInScope,
            long scopeChanged,
            List<Count> laterDates) {
        public Account {
            excluded = List.copyOf(excluded);
            laterDates = List.copyOf(laterDates);
        }

        /** All rows that were left out for a reason. */
        public long rowsExcluded() {
            return excluded.stream().mapToLong(Count::rowCount).sum();
        }
    }

    /**
     * A number of rows.
     *
     * @param name rule, reason or column
     */
    public record Count(String name, long rowCount) {}

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
