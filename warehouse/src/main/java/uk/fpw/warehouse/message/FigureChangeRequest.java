package uk.fpw.warehouse.message;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * Input of the audit process: what it needs to say why published figures of the past differ from those of the release
 * that the candidate would replace.
 *
 * @param replaced that release
 * @param notCompared why the two cannot be compared, in one sentence; null if they can. The rows about earlier releases
 *     are carried over all the same
 * @param differences what else differs between the two
 * @param feeds the rows that were loaded since, by feed
 * @param carried the rows about earlier releases
 * @param file absolute path of the Parquet file in which the new rows of {@code mart.figure_change} are to be written
 */
public record FigureChangeRequest(
        ReplacedRelease replaced,
        @Nullable String notCompared,
        Differences differences,
        List<NewRows> feeds,
        Carried carried,
        String file) {

    /**
     * The same where the two releases are not compared.
     *
     * @param why in one sentence
     * @param warning what is said of it
     */
    FigureChangeRequest withoutComparison(String why, String warning) {
        return new FigureChangeRequest(
                new ReplacedRelease(replaced.releaseId(), replaced.businessDate(), Map.of(), List.of()),
                why,
                new Differences(false, false, List.of(), List.of(), Map.of(), Map.of()),
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
     * The release that is replaced.
     *
     * @param businessDate its business date, such as {@code 2016-01-12}
     * @param definitions what the force defined for it, see {@link AuditRequest#definitions}
     * @param tables those of its tables that are compared; none if it is not
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
     * @param bases by table, where the rows are to which the new ones are added; not a table without any
     * @param since rows about releases of an earlier business date are left out
     * @param isLost whether there were rows of {@code mart.figure_change} that cannot be kept
     * @param warnings why rows that there were cannot be kept, each in one sentence; none if all can
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
     * @param from the first of the releases that added them
     */
    public record Base(long snapshotId, ReleaseId from) {}

    /**
     * What may change a figure although no row of an item has changed.
     *
     * @param isOtherSoftware whether the replaced release was made by another version of the software
     * @param isOtherCount whether that version defined the counts otherwise
     * @param redefinedQueues queues that were changed, or of which a staging query or a rule was
     * @param withdrawnQueues queues behind which a load was withdrawn
     * @param queueFeeds by queue, the feeds whose rows say when an item is in it, or keep an item out of it
     * @param referenceFeeds by queue, the feeds that its staging queries join to one another
     */
    public record Differences(
            boolean isOtherSoftware,
            boolean isOtherCount,
            List<String> redefinedQueues,
            List<String> withdrawnQueues,
            Map<String, List<String>> queueFeeds,
            Map<String, List<String>> referenceFeeds) {}

    /**
     * What was loaded of a feed since the replaced release.
     *
     * @param source operational system; items are known by {@code source:item}
     * @param knownTo latest business date that the replaced release knew of the feed; null if it knew none
     * @param loads ids of the loads that finished after it, including any of that date
     * @param withdrawnSince ids of the loads that it counted and that were withdrawn since
     * @param withdrawnLoads ids of all loads that do not count
     * @param wasLate whether the feed was missing from it
     * @param stored where the rows are
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
     * Absolute paths of the Parquet files that hold the versions of a feed's rows.
     *
     * @param files those with rows that were loaded since, among others
     * @param earlierFiles all others, where they may be needed
     * @param needsEarlier whether a row may have been about another item before, or its versions are compared
     * @param comparedColumns columns in which a version must differ from the one before to count as a change, since the
     *     feed has gained or lost others; none if every version counts
     */
    public record StoredRows(
            List<String> files, List<String> earlierFiles, boolean needsEarlier, List<String> comparedColumns) {

        /** Both. */
        public List<String> allFiles() {
            return Stream.concat(files.stream(), earlierFiles.stream()).toList();
        }

        /** The files in which new rows and, where they are needed, the versions before them are found. */
        public List<String> filesOfNewRows() {
            return needsEarlier ? allFiles() : files;
        }
    }
}
