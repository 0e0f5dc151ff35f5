package uk.fpw.warehouse.run;

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
 * @param file absolute path of the Parquet file in which the rows of {@code mart.figure_change} are to be written
 */
public record FigureChangeRequest(
        ReplacedRelease replaced,
        @Nullable String notCompared,
        Differences differences,
        List<NewRows> feeds,
        String file) {

    /** All files that are read or written. */
    public List<String> files() {
        return Stream.of(
                        replaced.tables().stream().flatMap(table -> table.files().stream()),
                        feeds.stream().flatMap(feed -> feed.files().stream()),
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
     * @param tables those of its tables that are needed; if it is not compared, at most {@code mart.figure_change} and
     *     {@code mart.statistic_change}
     */
    public record ReplacedRelease(
            ReleaseId releaseId,
            String businessDate,
            Map<String, String> definitions,
            List<AuditRequest.Table> tables) {}

    /**
     * What may change a figure although no row of an item has changed.
     *
     * @param isOtherSoftware whether the replaced release was made by another version of the software
     * @param isOtherCount whether that version defined the counts otherwise
     * @param redefinedQueues queues that were changed, or of which a staging query or a rule was
     * @param withdrawnQueues queues behind which a load was withdrawn
     * @param referenceFeeds by queue, the feeds that its staging queries join to one another
     */
    public record Differences(
            boolean isOtherSoftware,
            boolean isOtherCount,
            List<String> redefinedQueues,
            List<String> withdrawnQueues,
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
     * @param files absolute paths of the Parquet files that hold these rows, among others
     */
    public record NewRows(
            String feed,
            String source,
            @Nullable String knownTo,
            List<String> loads,
            List<String> withdrawnSince,
            List<String> withdrawnLoads,
            boolean wasLate,
            List<String> files) {}
}
