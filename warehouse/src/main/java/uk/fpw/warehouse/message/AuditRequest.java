package uk.fpw.warehouse.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * Input of the audit process.
 *
 * @param releaseId the candidate, or the release that is verified
 * @param zone zone whose calendar dates are the force's days
 * @param definitions what the force defined, see {@link uk.fpw.warehouse.force.DefinedRows}: the rows of each table as
 *     a JSON list
 * @param tables the candidate; without {@code core} only each table by itself can be tested
 * @param maxSpells from this number of spells on, only the totals and some whole series are recounted, and not every
 *     one; {@link #NO_SERIES} if nothing is
 * @param comparedWith the spells of the current release; null if the candidate is compared with none
 * @param earlier what is needed to compare with earlier releases; null if nothing is to be looked for in them
 * @param entries what the values at entry are found from; null where they are taken from the spells as they are
 * @param sources the rows that are compared with the events
 * @param scratch folder that takes what does not fit into memory
 * @param resultFile where the {@link AuditResult} is to be written
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
     * What is needed to compare with earlier releases.
     *
     * @param figureChanges to explain changed figures of the past
     * @param settling to say how complete months were; null if it is not to be said
     */
    public record EarlierReleases(
            FigureChangeRequest figureChanges, @Nullable SettlingRequest settling) {

        /**
         * The same where the rows about earlier releases are carried over and nothing is computed.
         *
         * @param why what kept the releases from being compared, in one sentence
         * @param warning what is said of it
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

    /** What is to be audited and compared with no release. */
    public AuditRequest(
            ReleaseId releaseId,
            String zone,
            Map<String, String> definitions,
            List<Table> tables,
            long maxSpells,
            String scratch,
            String resultFile) {
        this(
                releaseId,
                zone,
                definitions,
                tables,
                maxSpells,
                null,
                (EarlierReleases) null,
                null,
                SourceRows.NONE,
                scratch,
                resultFile);
    }

    /** What is to be audited, without the figures of the past. */
    public AuditRequest(
            ReleaseId releaseId,
            String zone,
            Map<String, String> definitions,
            List<Table> tables,
            long maxSpells,
            @Nullable BaselineSpells comparedWith,
            String scratch,
            String resultFile) {
        this(
                releaseId,
                zone,
                definitions,
                tables,
                maxSpells,
                comparedWith,
                (EarlierReleases) null,
                null,
                SourceRows.NONE,
                scratch,
                resultFile);
    }

    /** What is to be audited, with the changed figures of the past. */
    public AuditRequest(
            ReleaseId releaseId,
            String zone,
            Map<String, String> definitions,
            List<Table> tables,
            long maxSpells,
            @Nullable BaselineSpells comparedWith,
            @Nullable FigureChangeRequest figureChanges,
            String scratch,
            String resultFile) {
        this(
                releaseId,
                zone,
                definitions,
                tables,
                maxSpells,
                comparedWith,
                figureChanges == null ? null : new EarlierReleases(figureChanges, null),
                null,
                SourceRows.NONE,
                scratch,
                resultFile);
    }

    /** As it is read from a run file. */
    @JsonCreator
    public AuditRequest {}

    /** Command line argument of the audit process for this task. */
    public static final String WORD = "audit";

    /** Every series is recounted, however many spells there are. */
    public static final long EVERY_SERIES = Long.MAX_VALUE;

    /** Nothing is recounted. */
    public static final long NO_SERIES = -1;

    /** Limit for the recount of a run. */
    public static final long OF_A_RUN = 200_000;

    /** Environment variable with what DuckDB may use in the audit before it writes to disk, such as {@code 4GB}. */
    public static final String MEMORY_VARIABLE = "FPW_AUDIT_MEMORY";

    /** What is needed to explain changed figures of the past; null if none are to be looked for. */
    public @Nullable FigureChangeRequest figureChanges() {
        return earlier == null ? null : earlier.figureChanges();
    }

    /** What is needed to say how complete months were; null if it is not to be said. */
    public @Nullable SettlingRequest settling() {
        return earlier == null ? null : earlier.settling();
    }

    /** Every file that the audit reads or writes. */
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
     * @param columns columns that it was written with; one that its model has gained since is null, and no part of its
     *     digest
     * @param files absolute paths of the Parquet files that together are the table; none for a table without rows
     */
    public record Table(String name, List<String> columns, List<String> files) {}
}
