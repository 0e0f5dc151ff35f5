package uk.fpw.warehouse.message;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * Input of the audit process.
 *
 * @param releaseId the candidate, or the release to verify
 * @param zone time zone that defines the force's calendar days
 * @param definitions the force's definitions, see {@link uk.fpw.warehouse.force.DefinedRows}: the rows of each table as
 *     a JSON array
 * @param tables tables of the candidate; without {@code core}, only tests within a table are possible
 * @param maxSpells above this number of spells, only totals and a sample of whole series are recounted;
 *     {@link #NO_SERIES} to recount nothing
 * @param comparedWith the spells of the current release; null if there is nothing to compare with
 * @param earlier input for comparisons with earlier releases; null for none
 * @param entries input for finding the values at entry; null to take them from the spells unchecked
 * @param sources source rows to compare with the events
 * @param scratch folder for spilling to disk
 * @param resultFile where to write the {@link AuditResult}
 */
public record AuditRequest(
        ReleaseId releaseId,
        String zone,
        Map<String, String> definitions,
        List<Table> tables,
        long maxSpells,
        @Nullable BaselineSpells comparedWith,
        @Nullable EarlierReleases earlier,
        @Nullable EntryVersions entries,
        SourceRows sources,
        String scratch,
        String resultFile) {

    /**
     * Input for comparisons with earlier releases.
     *
     * @param figureChanges input for explaining changed past figures
     * @param settling input for how complete months were; null to leave that out
     */
    public record EarlierReleases(
            FigureChangeRequest figureChanges, @Nullable SettlingRequest settling) {

        /**
         * The same without comparisons: rows about earlier releases are carried over unchanged.
         *
         * @param why why the releases are not compared, in one sentence
         * @param warning the warning to report
         */
        public EarlierReleases withoutComparison(String why, String warning) {
            return new EarlierReleases(
                    figureChanges.withoutComparison(why, warning), settling == null ? null : settling.withoutRows());
        }

        private Stream<String> files() {
            return Stream.concat(
                    figureChanges.files().stream(),
                    settling == null ? Stream.<String>of() : Stream.of(settling.file(), settling.monthFile()));
        }
    }

    /** Command-line argument of the audit process for this task. */
    public static final String WORD = "audit";

    /** Recounts every series, however many spells there are. */
    public static final long EVERY_SERIES = Long.MAX_VALUE;

    /** Recounts nothing. */
    public static final long NO_SERIES = -1;

    /** Limit for the recount in a run. */
    public static final long OF_A_RUN = 200_000;

    /**
     * Environment variable with DuckDB's memory limit in the audit, above which it spills to disk, such as {@code 4GB}.
     */
    public static final String MEMORY_VARIABLE = "FPW_AUDIT_MEMORY";

    /** Input for explaining changed past figures; null for none. */
    public @Nullable FigureChangeRequest figureChanges() {
        return earlier == null ? null : earlier.figureChanges();
    }

    /** Input for how complete months were; null for none. */
    public @Nullable SettlingRequest settling() {
        return earlier == null ? null : earlier.settling();
    }

    /** All files that the audit reads or writes. */
    public List<String> files() {
        return Stream.of(
                        tables.stream().flatMap(table -> table.files().stream()),
                        comparedWith == null ? Stream.<String>of() : comparedWith.files().stream(),
                        entries == null ? Stream.<String>of() : entries.files(),
                        earlier == null ? Stream.<String>of() : earlier.files(),
                        sources.files().stream())
                .flatMap(files -> files)
                .toList();
    }

    /**
     * One table.
     *
     * @param name qualified name, such as {@code mart.queue_daily}
     * @param columns columns it was written with; a column added to the model since is null and not part of the digest
     * @param files absolute paths of the Parquet files that together are the table; empty for a table without rows
     */
    public record Table(String name, List<String> columns, List<String> files) {}
}
