package uk.fpw.layout.site;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recent loads and runs of the warehouse.
 *
 * @param loads the latest load of each feed
 * @param accounts what the latest computation did with the current rows of each feed
 * @param findings failed tests of the latest runs, newest first
 * @param leftOut rows that are not in the figures of the current release
 * @param months what became of the rows of each feed, by month, oldest first
 * @param runs what the latest runs did
 */
public record Operations(
        List<Load> loads,
        List<Account> accounts,
        List<Finding> findings,
        List<LeftOut> leftOut,
        List<Month> months,
        RunRecords runs) {

    public static final Operations NONE =
            new Operations(List.of(), List.of(), List.of(), List.of(), List.of(), RunRecords.NONE);

    public Operations {
        loads = List.copyOf(loads);
        accounts = List.copyOf(accounts);
        findings = List.copyOf(findings);
        leftOut = List.copyOf(leftOut);
        months = List.copyOf(months);
    }

    /**
     * Rows of a feed that are not in the figures, for one reason.
     *
     * @param kind such as {@code refused} or {@code excluded}
     * @param field column at fault; null if the row as a whole is
     * @param rowCount null if a load failed, whose rows are not known
     * @param words the reason, without a value of any row
     * @param remedy what the owner of the feed can do
     * @param since first business date on which one of them was left out for this reason; null if unknown
     */
    public record LeftOut(
            String kind,
            String feed,
            String code,
            @Nullable String field,
            @Nullable Long rowCount,
            String words,
            String remedy,
            @Nullable LocalDate since) {}

    /**
     * Rows of a feed in a month.
     *
     * @param month its first day
     * @param received rows that its loads received; null without a completed load
     * @param refused of these refused
     * @param held rows that its latest load held; null without a completed load
     * @param current current rows at its latest computation; null without one
     * @param excluded of these excluded
     */
    public record Month(
            String feed,
            LocalDate month,
            @Nullable Long received,
            @Nullable Long refused,
            @Nullable Long held,
            @Nullable Long current,
            @Nullable Long excluded) {}

    /**
     * The latest load of a feed. A count that was not taken is null.
     *
     * @param status such as {@code loaded} or {@code failed}
     * @param keptOut rows that were erased and that the source still sends
     * @param held rows that still count although the delivery lacked them, because some of its keys could not be read
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
            @Nullable Long keptOut,
            @Nullable Long held) {}

    /**
     * What became of the current rows of a feed: current = used + excluded + ahead + out of scope.
     *
     * @param excluded excluded rows by rule or reason
     * @param ahead rows whose item has only dates after the business date
     * @param wereInScope rows out of scope that were in scope in an earlier version
     * @param scopeChanged rows in which a column used by the scope has changed
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

        /** The number of excluded rows over all reasons. */
        public long rowsExcluded() {
            return excluded.stream().mapToLong(Count::rowCount).sum();
        }
    }

    /**
     * Rows counted under a name.
     *
     * @param name rule, reason or column
     */
    public record Count(String name, long rowCount) {}

    /**
     * A test that failed.
     *
     * @param severity {@code stop} or {@code warning}
     * @param failedCount number of failing rows
     * @param checkedCount of how many; null if the test does not say
     */
    public record Finding(
            LocalDate businessDate,
            String table,
            String code,
            String severity,
            long failedCount,
            @Nullable Long checkedCount) {}
}
