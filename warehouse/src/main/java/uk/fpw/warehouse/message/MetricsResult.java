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
 * Result of the Spark process; the result of the audit process is added later: digests, tests of the models, and
 * changes of the queues since the current release.
 *
 * @param tables the candidate: every {@code core} and {@code mart} table with the snapshot that was written
 * @param accounts current = used + excluded + ahead + out of scope, per feed
 * @param coverage how far each feed of the force was known when the candidate was computed
 * @param quality every test of every feed, passed or not; after the audit those of every model too
 * @param changes per queue that the baseline has, how far the candidate differs from it on days that both know
 * @param excluded per queue, the items that it excludes or counts without an age; only queues that have any
 * @param errors what is wrong with the force folder (staging SQL, rules, queues); no candidate then
 * @param failure what went wrong otherwise, in one sentence; null if nothing did
 * @param failureCode what kind of failure that is; null if nothing failed
 * @param timings where the seconds went, in order
 * @param comparedWith id of the baseline, the release that {@code changes} are about; null if the candidate was
 *     compared with none
 * @param figureChanges how many figures of the past differ from those of the replaced release; null if none were
 *     looked for, as before the first release, and in a candidate of an earlier version
 * @param isAudited whether what the audit process found is in it; not so in a candidate of an earlier version
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

    /** A result before the audit. */
    public MetricsResult(
            List<TableVersion> tables,
            List<FeedAccount> accounts,
            List<FeedCoverage> coverage,
            List<QualityResult> quality,
            List<ConfigError> errors,
            @Nullable String failure,
            List<Timing> timings) {
        this(
                tables, accounts, coverage, quality, List.of(), List.of(), errors, failure, null, timings, null, null,
                false);
    }

    /** The result of a computation that failed. */
    public static MetricsResult failed(String failure, ExitCode code, List<Timing> timings) {
        return new MetricsResult(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), failure, code, timings,
                null, null, false);
    }

    /** A candidate of an earlier version was compared with nothing, and does not say what its queues exclude. */
    @JsonCreator
    public MetricsResult {
        changes = changes == null ? List.of() : changes;
        excluded = excluded == null ? List.of() : excluded;
    }

    /**
     * The same with what the audit found. A table whose rows are not as many as its snapshot says fails.
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
        return new MetricsResult(
                tables.stream()
                        .map(table -> table.table().equals(version.table()) ? version : table)
                        .toList(),
                accounts,
                coverage,
                quality,
                changes,
                excluded,
                errors,
                failure,
                failureCode,
                timings,
                comparedWith,
                figureChanges,
                isAudited);
    }

    /** The same with further tests. */
    public MetricsResult withMore(List<QualityResult> tests) {
        return new MetricsResult(
                tables,
                accounts,
                coverage,
                Stream.concat(quality.stream(), tests.stream()).toList(),
                changes,
                excluded,
                errors,
                failure,
                failureCode,
                timings,
                comparedWith,
                figureChanges,
                isAudited);
    }

    /** The same with another summary of changed figures. */
    public MetricsResult with(FigureChangeSummary otherFigureChanges) {
        return new MetricsResult(
                tables,
                accounts,
                coverage,
                quality,
                changes,
                excluded,
                errors,
                failure,
                failureCode,
                timings,
                comparedWith,
                otherFigureChanges,
                isAudited);
    }

    /** The same with what was found of closures, see {@link ClosureRequest}. */
    public MetricsResult with(ClosureResult found) {
        return new MetricsResult(
                tables,
                accounts,
                coverage,
                quality,
                changes.stream()
                        .map(change -> change.with(found.closures().get(change.queue())))
                        .toList(),
                excluded,
                errors,
                failure,
                failureCode,
                Stream.concat(timings.stream(), found.timings().stream()).toList(),
                comparedWith,
                figureChanges,
                isAudited);
    }

    /**
     * Items of a queue that are not counted as they should be.
     *
     * @param excludedCount items that the queue excludes, or whose age is not known
     * @param itemCount these, and the items that it counts
     */
    public record QueueExcluded(String queue, long excludedCount, long itemCount) {}

    /**
     * How a queue differs from the current release on the last day that both know, such as {@code 2016-01-12}, and
     * before it.
     *
     * @param knownTo that day
     * @param spellCount spells that the current release has up to it
     * @param goneCount of these, those that the candidate does not have
     * @param changedCount of these, those that it has with another exit or other slices
     * @param lateExitCount of these, those that were open and have left by that day, of which the current release knew
     *     nothing
     * @param recentCount of these, those that entered in the 28 days up to that day
     * @param totalBefore items waiting at the end of that day by the current release, where they are also those that
     *     were open in it
     * @param totalNow items waiting at the end of that day by the candidate
     * @param settled the same on the last of these days that the queue does not declare provisional; null in a
     *     candidate of an earlier version
     * @param closedAs the reason for which most of the items that were open have left in the candidate, {@code (gone)}
     *     for those it does not have; null if none has
     * @param closedCount how many have
     * @param usualClosedShare largest share of what was open that left for one reason in each of the four spans of the
     *     same length before
     * @param closedTotal how many of the items that were open have left for any reason
     * @param usualClosedTotalShare largest share of what was open that left for any reason in each of these spans
     * @param massClosure the closures that came together; null where fewer than {@link #MASS_CLOSURE}, or fewer than
     *     half of the open items, have left, and where there is no row about them; {@link MassClosure#unexplained}
     *     where the rows could not be looked at
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

        /** Fewer closures than these are no mass closure. */
        public static final long MASS_CLOSURE = 50;

        /** The same with the closures that came together. */
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

    /** Items waiting at the end of a day, such as {@code 2016-01-05}, by the current release and by the candidate. */
    public record Settled(String day, long totalBefore, long totalNow) {}

    /**
     * Closures of a queue that became known by the rows of one loaded date.
     *
     * @param loadedOn the business date of the loads with most closures for one reason, such
     *     as {@code 2016-01-12}; null if it could not be determined
     * @param as that reason; null exactly when {@code loadedOn} is
     * @param count how many
     * @param column column whose change most closed items of one loaded date have in common, such as
     *     {@code requests.status}; null if no row of theirs was changed
     * @param columnLoadedOn that date; null exactly when {@code column} is
     * @param columnCount how many closed items it is
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

        /** Whether it was found out what the closures have in common. */
        public boolean wasExplained() {
            return loadedOn != null;
        }
    }

    /**
     * One table of the candidate.
     *
     * @param table name such as {@code mart.queue_daily}
     * @param snapshotId Iceberg snapshot; -1 for a table without any
     * @param rowCount rows in the snapshot
     * @param digest SHA-256 (hex) that stands for its rows, see {@link AuditResult.Table}; null until it is audited
     * @param added what the candidate added to the rows of earlier releases; null if all rows are its own
     */
    public record TableVersion(
            String table,
            long snapshotId,
            long rowCount,
            @Nullable String digest,
            @Nullable Added added) {

        /** As it is read from a run file. */
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
     * Rows that a candidate added to those of earlier releases.
     *
     * @param historyFrom the first of these releases
     */
    public record Added(long rowCount, ReleaseId historyFrom) {}

    /**
     * Where the current rows of a feed went.
     *
     * @param currentCount rows in {@code current}
     * @param usedCount rows whose item is in figures
     * @param excluded rows excluded, by reason code
     * @param aheadCount rows whose item is in no figure yet, since all that is known of it lies after the business date
     * @param outOfScope rows that the feed's scope keeps out
     * @param laterDates of the rows in scope, dates after the business date, by column; only columns that have any
     */
    public record FeedAccount(
            String feed,
            long currentCount,
            long usedCount,
            List<Excluded> excluded,
            long aheadCount,
            OutOfScope outOfScope,
            List<LaterDates> laterDates) {

        /** A candidate of an earlier version knows neither of the last three. */
        @JsonCreator
        public FeedAccount {
            outOfScope = outOfScope == null ? OutOfScope.NONE : outOfScope;
            laterDates = laterDates == null ? List.of() : laterDates;
        }

        /** An account of a feed whose rows are used or excluded. */
        public FeedAccount(String feed, long currentCount, long usedCount, List<Excluded> excluded) {
            this(feed, currentCount, usedCount, excluded, 0, OutOfScope.NONE, List.of());
        }

        /** All rows that are accounted for; as many as there are. */
        public long accountedCount() {
            return usedCount + rowsExcluded() + aheadCount + outOfScope.rowCount();
        }

        /** The account, in words: {@code current 5, used 3 + excluded 1 + ahead 1 + out of scope 0}. */
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

        /** Rows that were excluded for a reason. */
        public long rowsExcluded() {
            return excluded.stream().mapToLong(Excluded::rowCount).sum();
        }
    }

    /**
     * Rows that the scope of a feed keeps out.
     *
     * @param wereInScopeCount of these, rows of which an earlier version was in scope
     * @param changedCount rows, in scope or not, of which a column of the scope has changed since their first load
     */
    public record OutOfScope(long rowCount, long wereInScopeCount, long changedCount) {

        /** Of a feed whose rows are all in scope. */
        public static final OutOfScope NONE = new OutOfScope(0, 0, 0);
    }

    /** How many rows have a date after the business date in a column. */
    public record LaterDates(String column, long rowCount) {}

    /**
     * How far a feed was known.
     *
     * @param completeTo latest business date of a complete load, like {@code 2016-01-12}; null if it was never loaded
     */
    public record FeedCoverage(String feed, @Nullable String completeTo) {}

    /** Rows excluded by one rule or for one reason. */
    public record Excluded(String code, long rowCount) {}

    /**
     * One test of one model or feed.
     *
     * @param table model or feed that was tested
     * @param code name of the test
     * @param severity {@code stop} or {@code warning}
     * @param failedCount rows that failed; 0 for a test that passed
     * @param message what a failure means, with an example that holds nothing personal
     */
    public record QualityResult(String table, String code, String severity, long failedCount, String message) {}

    /** Wall time of one part of the work, in milliseconds. */
    public record Timing(String part, long millis) {}
}
