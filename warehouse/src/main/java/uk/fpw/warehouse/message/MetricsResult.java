package uk.fpw.warehouse.message;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.yaml.ConfigError;

/**
 * Result of the Spark process. The result of the audit process is added later: digests, tests of the models, and
 * changes of the queues since the current release.
 *
 * @param tables the candidate: all {@code core} and {@code mart} tables with the snapshots written
 * @param accounts current = used + excluded + ahead + out of scope, per feed
 * @param coverage how far each feed of the force was known when the candidate was computed
 * @param quality all tests of feeds, passed or failed; after the audit also those of the models
 * @param changes for each queue of the baseline, how far the candidate differs from it on days known to both
 * @param excluded items that a queue excludes or counts without an age; only queues that have any
 * @param errors errors in the force folder (staging SQL, rules, queues); if there are any, there is no candidate
 * @param failure any other failure, in one sentence; null if there was none
 * @param failureCode kind of that failure; null if there was none
 * @param timings duration of each part, in order
 * @param comparedWith id of the baseline that {@code changes} refer to; null if the candidate was compared with none
 * @param figureChanges past figures that differ from those of the replaced release; null if they were not compared, as
 *     before the first release, and in candidates of earlier versions
 * @param isAudited whether the result of the audit process has been added; false in candidates of earlier versions
 */
public record MetricsResult(
        List<TableVersion> tables,
        List<FeedAccount> accounts,
        List<FeedCoverage> coverage,
        List<QualityResult> quality,
        List<QueueChange> changes,
        @JsonAlias("leftOut") List<QueueExcluded> excluded,
        @JsonAlias("mistakes") List<ConfigError> errors,
        @Nullable String failure,
        @Nullable ExitCode failureCode,
        List<Timing> timings,
        @Nullable ReleaseId comparedWith,
        @Nullable FigureChangeSummary figureChanges,
        boolean isAudited) {

    /** A computed candidate before the audit. */
    public static MetricsResult computed(
            List<TableVersion> tables,
            List<FeedAccount> accounts,
            List<FeedCoverage> coverage,
            List<QualityResult> quality,
            List<Timing> timings) {
        return new MetricsResult(
                tables, accounts, coverage, quality, List.of(), List.of(), List.of(), null, null, timings, null, null,
                false);
    }

    /** A force folder with errors, so that nothing was computed. */
    public static MetricsResult invalid(List<ConfigError> errors, List<Timing> timings) {
        return new MetricsResult(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), errors, null, null, timings, null,
                null, false);
    }

    /** A computation that failed. */
    public static MetricsResult failed(String failure, ExitCode code, List<Timing> timings) {
        return new MetricsResult(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), failure, code, timings,
                null, null, false);
    }

    /** Candidates of earlier versions have no baseline and no exclusions of queues. */
    public MetricsResult {
        changes = changes == null ? List.of() : changes;
        excluded = excluded == null ? List.of() : excluded;
    }

    /**
     * The same with the result of the audit. Adds a failed test for a table whose row count differs from its snapshot.
     *
     * @throws IllegalStateException if the audit did not check a table
     */
    public MetricsResult with(AuditResult audit) {
        Map<String, AuditResult.Table> seen =
                audit.tables().stream().collect(Collectors.toMap(AuditResult.Table::name, Function.identity()));
        List<TableVersion> audited = new ArrayList<>();
        List<QualityResult> all = new ArrayList<>(audit.quality());
        for (TableVersion table : tables) {
            AuditResult.Table found = seen.get(table.table());
            if (found == null) {
                throw new IllegalStateException("the audit did not check " + table.table());
            }
            audited.add(new TableVersion(
                    table.table(), table.snapshotId(), table.rowCount(), found.digest(), table.added()));
            all.add(new QualityResult(
                    table.table(),
                    AuditResult.ROWS_ARE_THERE,
                    "stop",
                    Math.abs(found.rowCount() - table.ownCount()),
                    table.ownCount() + " rows were written, and " + found.rowCount() + " are in the files"));
        }
        all.addAll(quality);
        return new MetricsResult(
                audited,
                accounts,
                coverage,
                all,
                audit.changes(),
                audit.excluded(),
                errors,
                failure,
                failureCode,
                Stream.concat(timings.stream(), audit.timings().stream()).toList(),
                audit.comparedWith(),
                audit.figureChanges(),
                true);
    }

    /** The same with another version of a table. */
    public MetricsResult with(TableVersion version) {
        List<TableVersion> others = tables.stream()
                .map(table -> table.table().equals(version.table()) ? version : table)
                .toList();
        return copy(others, quality, changes, timings, figureChanges);
    }

    /** The same with further tests. */
    public MetricsResult withMore(List<QualityResult> tests) {
        return copy(tables, Stream.concat(quality.stream(), tests.stream()).toList(), changes, timings, figureChanges);
    }

    /** The same with another summary of changed figures. */
    public MetricsResult with(FigureChangeSummary otherFigureChanges) {
        return copy(tables, quality, changes, timings, otherFigureChanges);
    }

    /** The same with the mass closures found, see {@link ClosureRequest}. */
    public MetricsResult with(ClosureResult found) {
        List<QueueChange> explained = changes.stream()
                .map(change -> change.with(found.closures().get(change.queue())))
                .toList();
        List<Timing> all =
                Stream.concat(timings.stream(), found.timings().stream()).toList();
        return copy(tables, quality, explained, all, figureChanges);
    }

    private MetricsResult copy(
            List<TableVersion> newTables,
            List<QualityResult> newQuality,
            List<QueueChange> newChanges,
            List<Timing> newTimings,
            @Nullable FigureChangeSummary newFigureChanges) {
        return new MetricsResult(
                newTables,
                accounts,
                coverage,
                newQuality,
                newChanges,
                excluded,
                errors,
                failure,
                failureCode,
                newTimings,
                comparedWith,
                newFigureChanges,
                isAudited);
    }

    /**
     * Items of a queue that cannot be counted properly.
     *
     * @param excludedCount items that the queue excludes or whose age is unknown
     * @param itemCount these and the counted items
     */
    public record QueueExcluded(String queue, long excludedCount, long itemCount) {}

    /**
     * How a queue differs from the current release up to the last day known to both.
     *
     * @param knownTo the last day known to both, such as {@code 2016-01-12}
     * @param spellCount spells of the current release up to that day
     * @param goneCount of these, spells missing from the candidate
     * @param changedCount of these, spells with another exit or other slices in the candidate
     * @param lateExitCount of these, open spells that turned out to have ended by that day
     * @param recentCount of these, spells that began in the 28 days up to that day
     * @param totalBefore items waiting at the end of that day in the current release, which are also its open items
     * @param totalNow items waiting at the end of that day in the candidate
     * @param settled the same two numbers for the last day that the queue does not declare provisional; null in
     *     candidates of earlier versions
     * @param closedAs most frequent exit reason, in the candidate, of items that were open, {@code (gone)} for items
     *     that are missing; null if none has left
     * @param closedCount how many left for that reason
     * @param usualClosedShare largest share of open items that left for one reason in any of the four preceding spans
     *     of the same length
     * @param closedTotal how many open items have left for any reason
     * @param usualClosedTotalShare largest share of open items that left for any reason in any of these spans
     * @param massClosure closures that became known together; null if fewer than {@link #MASS_CLOSURE} or fewer than
     *     half of the open items have left, or if there are no rows about them; {@link MassClosure#unexplained} if the
     *     rows could not be examined
     */
    public record QueueChange(
            String queue,
            String knownTo,
            long spellCount,
            long goneCount,
            long changedCount,
            long lateExitCount,
            long recentCount,
            long totalBefore,
            long totalNow,
            @Nullable Settled settled,
            @Nullable String closedAs,
            long closedCount,
            double usualClosedShare,
            long closedTotal,
            double usualClosedTotalShare,
            @Nullable MassClosure massClosure) {

        /** Fewer closures than this do not count as a mass closure. */
        public static final long MASS_CLOSURE = 50;

        /** The same with a mass closure. */
        QueueChange with(@Nullable MassClosure closures) {
            return new QueueChange(
                    queue,
                    knownTo,
                    spellCount,
                    goneCount,
                    changedCount,
                    lateExitCount,
                    recentCount,
                    totalBefore,
                    totalNow,
                    settled,
                    closedAs,
                    closedCount,
                    usualClosedShare,
                    closedTotal,
                    usualClosedTotalShare,
                    closures);
        }
    }

    /** Items waiting at the end of a day, such as {@code 2016-01-05}, in the current release and in the candidate. */
    public record Settled(String day, long totalBefore, long totalNow) {}

    /**
     * Closures of a queue that became known through the rows of one loaded date.
     *
     * @param loadedOn business date of the loads with the most closures for one reason, such as {@code 2016-01-12};
     *     null if it could not be determined
     * @param as that reason; null exactly when {@code loadedOn} is
     * @param count number of these closures
     * @param column the column that changed in most closed items on one loaded date, such as {@code requests.status};
     *     null if none of their rows changed
     * @param columnLoadedOn that date; null exactly when {@code column} is
     * @param columnCount number of closed items in which it changed
     */
    public record MassClosure(
            @Nullable String loadedOn,
            @Nullable String as,
            long count,
            @Nullable String column,
            @Nullable String columnLoadedOn,
            long columnCount) {

        /** Closures for which no common cause could be determined. */
        public static MassClosure unexplained() {
            return new MassClosure(null, null, 0, null, null, 0);
        }

        /** Whether a common cause could be determined. */
        public boolean wasExplained() {
            return loadedOn != null;
        }
    }

    /**
     * One table of the candidate.
     *
     * @param table name such as {@code mart.queue_daily}
     * @param snapshotId Iceberg snapshot; -1 if the table has none
     * @param rowCount rows in the snapshot
     * @param digest SHA-256 (hex) of its rows, see {@link AuditResult.Table}; null until it is audited
     * @param added rows that the candidate appended to those of earlier releases; null if all rows are its own
     */
    public record TableVersion(
            String table,
            long snapshotId,
            long rowCount,
            @Nullable String digest,
            @Nullable Added added) {

        @JsonCreator
        public TableVersion {}

        /** A table whose rows are all the candidate's own. */
        public TableVersion(String table, long snapshotId, long rowCount, @Nullable String digest) {
            this(table, snapshotId, rowCount, digest, null);
        }

        /** How many rows are the candidate's own. */
        public long ownCount() {
            return added == null ? rowCount : added.rowCount();
        }
    }

    /**
     * Rows that a candidate appended to those of earlier releases.
     *
     * @param historyFrom the first of these releases
     */
    public record Added(long rowCount, ReleaseId historyFrom) {}

    /**
     * What became of the current rows of a feed.
     *
     * @param currentCount rows in {@code current}
     * @param usedCount rows of items that are counted in figures
     * @param excluded rows excluded, by reason code
     * @param aheadCount rows of items not counted yet, because all their dates are after the business date
     * @param outOfScope rows outside the feed's scope
     * @param laterDates dates after the business date in rows within scope, by column; only columns that have any
     */
    public record FeedAccount(
            String feed,
            long currentCount,
            long usedCount,
            List<Excluded> excluded,
            long aheadCount,
            OutOfScope outOfScope,
            List<LaterDates> laterDates) {

        /** Candidates of earlier versions lack the last three. */
        @JsonCreator
        public FeedAccount {
            outOfScope = outOfScope == null ? OutOfScope.NONE : outOfScope;
            laterDates = laterDates == null ? List.of() : laterDates;
        }

        /** An account of a feed whose rows are all used or excluded. */
        public FeedAccount(String feed, long currentCount, long usedCount, List<Excluded> excluded) {
            this(feed, currentCount, usedCount, excluded, 0, OutOfScope.NONE, List.of());
        }

        /** Sum of all accounted rows; must equal the current rows. */
        public long accountedCount() {
            return usedCount + rowsExcluded() + aheadCount + outOfScope.rowCount();
        }

        /** The account as text: {@code current 5, used 3 + excluded 1 + ahead 1 + out of scope 0}. */
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "current %,d, used %,d + excluded %,d + ahead %,d + out of scope %,d",
                    currentCount,
                    usedCount,
                    rowsExcluded(),
                    aheadCount,
                    outOfScope.rowCount());
        }

        /** Rows excluded for any reason. */
        public long rowsExcluded() {
            return excluded.stream().mapToLong(Excluded::rowCount).sum();
        }
    }

    /**
     * Rows outside the scope of a feed.
     *
     * @param wereInScopeCount of these, rows that were in scope in an earlier version
     * @param changedCount rows, in scope or not, in which a column used by the scope has changed since their first load
     */
    public record OutOfScope(long rowCount, long wereInScopeCount, long changedCount) {

        /** A feed whose rows are all in scope. */
        public static final OutOfScope NONE = new OutOfScope(0, 0, 0);
    }

    /** Number of rows with a date after the business date in a column. */
    public record LaterDates(String column, long rowCount) {}

    /**
     * How far a feed was known.
     *
     * @param completeTo latest business date of a complete load, like {@code 2016-01-12}; null if it was never loaded
     */
    public record FeedCoverage(String feed, @Nullable String completeTo) {}

    /**
     * Rows excluded by one rule or for one reason.
     *
     * @param example message of the rule with the shapes of one row's values; null for another reason, and where it was
     *     not recorded
     */
    public record Excluded(
            String code, long rowCount, @Nullable String example) {

        /** Rows of which no example is known. */
        public Excluded(String code, long rowCount) {
            this(code, rowCount, null);
        }
    }

    /**
     * One test of one model or feed.
     *
     * @param table model or feed that was tested
     * @param code name of the test
     * @param severity {@code stop} or {@code warning}
     * @param failedCount rows that failed; 0 for a test that passed
     * @param message meaning of a failure, with an example without personal data
     */
    public record QualityResult(String table, String code, String severity, long failedCount, String message) {}

    /** Wall time of one part of the work in milliseconds. */
    public record Timing(String part, long millis) {}
}
