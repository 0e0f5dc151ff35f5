package uk.fpw.warehouse.message;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * Input of the audit process for explaining why past figures differ from those of the release that the candidate would
 * replace.
 *
 * @param replaced the release to be replaced
 * @param notCompared why the two cannot be compared, in one sentence; null if they can. Rows about earlier releases are
 *     carried over in either case
 * @param differences other differences between the two
 * @param feeds rows loaded since, by feed
 * @param carried rows about earlier releases
 * @param file absolute path of the Parquet file for the new rows of {@code mart.figure_change}
 */
public record FigureChangeRequest(
        ReplacedRelease replaced,
        @Nullable String notCompared,
        Differences differences,
        List<NewRows> feeds,
        Carried carried,
        String file) {

    /**
     * The same without the comparison.
     *
     * @param why why the releases are not compared, in one sentence
     * @param warning the warning to report
     */
    FigureChangeRequest withoutComparison(String why, String warning) {
        return new FigureChangeRequest(
                new ReplacedRelease(replaced.releaseId(), replaced.businessDate(), Map.of(), List.of()),
                why,
                new Differences(false, false, false, List.of(), List.of(), Map.of(), Map.of()),
                List.of(),
                carried.withWarning(warning),
                file);
    }

    /** All files that are read or written. */
    public List<String> files() {
        return Stream.of(
                        replaced.tables().stream().flatMap(table -> table.files().stream()),
                        feeds.stream().flatMap(feed -> feed.stored().allFiles().stream()),
                        carried.files(),
                        Stream.of(file, statisticFile()))
                .flatMap(files -> files)
                .toList();
    }

    /** Absolute path of the file, beside {@code file}, for the rows of {@code mart.statistic_change}. */
    public String statisticFile() {
        return Path.of(file).resolveSibling("statistic_change.parquet").toString();
    }

    /**
     * The release to be replaced.
     *
     * @param businessDate its business date, such as {@code 2016-01-12}
     * @param definitions the force's definitions for it, see {@link AuditRequest#definitions}
     * @param tables its tables to compare; empty if it is not compared
     */
    public record ReplacedRelease(
            ReleaseId releaseId,
            String businessDate,
            Map<String, String> definitions,
            List<AuditRequest.Table> tables) {}

    /**
     * The rows about earlier releases, to which the new release adds its own.
     *
     * @param steps {@code mart.figure_change} of an earlier release; null if there is none
     * @param bases by table, the existing rows that the new ones are appended to; tables without rows are left out
     * @param since rows about releases before this business date are left out
     * @param isLost whether rows of {@code mart.figure_change} were lost
     * @param warnings why existing rows cannot be kept, each in one sentence; empty if all can
     */
    public record Carried(
            AuditRequest.@Nullable Table steps,
            Map<String, Base> bases,
            String since,
            boolean isLost,
            List<String> warnings) {

        /** No rows about earlier releases. */
        public static Carried none(String since) {
            return new Carried(null, Map.of(), since, false, List.of());
        }

        /** The same with one more warning. */
        public Carried withWarning(String warning) {
            return new Carried(
                    steps,
                    bases,
                    since,
                    isLost,
                    Stream.concat(warnings.stream(), Stream.of(warning)).toList());
        }

        private Stream<String> files() {
            return Stream.ofNullable(steps).flatMap(table -> table.files().stream());
        }
    }

    /**
     * The rows of a table in an earlier release.
     *
     * @param from the first release that added some of them
     */
    public record Base(long snapshotId, ReleaseId from) {}

    /**
     * Causes of changed figures other than changed rows of items.
     *
     * @param isOtherSoftware whether the replaced release was made by another version of the software
     * @param isOtherCount whether that version defined the counts differently
     * @param isErased whether rows were erased from the warehouse after that release was made: its items no longer have
     *     them, but its figures still count them
     * @param redefinedQueues queues whose definition, staging query or rules changed
     * @param withdrawnQueues queues that depend on a withdrawn load
     * @param queueFeeds by queue, the feeds whose rows determine when an item is in it or is excluded
     * @param referenceFeeds by queue, the feeds that its staging queries join
     */
    public record Differences(
            boolean isOtherSoftware,
            boolean isOtherCount,
            boolean isErased,
            List<String> redefinedQueues,
            List<String> withdrawnQueues,
            Map<String, List<String>> queueFeeds,
            Map<String, List<String>> referenceFeeds) {

        /** Whether the figures of the replaced release may differ from what its own items say. */
        public boolean isRecounted() {
            return isOtherCount || isErased;
        }
    }

    /**
     * Rows of a feed loaded since the replaced release.
     *
     * @param source operational system; item keys are {@code source:item}
     * @param knownTo latest business date of the feed in the replaced release; null if it had none
     * @param loads ids of loads that finished after that release, including any of that date
     * @param withdrawnSince ids of loads that it counted and that were withdrawn since
     * @param withdrawnLoads ids of all withdrawn loads
     * @param wasLate whether the feed was missing from that release
     * @param stored files with the rows
     */
    public record NewRows(
            String feed,
            String source,
            @Nullable String knownTo,
            List<String> loads,
            List<String> withdrawnSince,
            List<String> withdrawnLoads,
            boolean wasLate,
            StoredRows stored) {}

    /**
     * Absolute paths of the Parquet files with the versions of a feed's rows.
     *
     * @param files files that contain rows loaded since, and possibly others
     * @param earlierFiles all other files, if they may be needed
     * @param needsEarlier whether earlier versions are needed, because a row may have belonged to another item or
     *     because versions are compared
     * @param comparedColumns columns in which a version must differ from the previous one to count as a change, because
     *     other columns were added or removed; empty if every version counts
     */
    public record StoredRows(
            List<String> files, List<String> earlierFiles, boolean needsEarlier, List<String> comparedColumns) {

        public List<String> allFiles() {
            return Stream.concat(files.stream(), earlierFiles.stream()).toList();
        }

        /** The files needed to find new rows and, if required, the versions before them. */
        public List<String> filesOfNewRows() {
            return needsEarlier ? allFiles() : files;
        }
    }
}
