package uk.fpw.warehouse.message;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Input of the audit process for finding what the items have in common that left a queue in large numbers. A separate
 * run after the audit, since it needs every version of the rows behind the queues.
 *
 * @param zone time zone that defines the force's calendar days
 * @param definitions the force's definitions, see {@link uk.fpw.warehouse.force.DefinedRows}
 * @param spells absolute paths of the Parquet files of the candidate's {@code core.spell}
 * @param comparedWith the spells of the current release
 * @param queues queues that many items have left
 * @param scratch folder for spilling to disk
 * @param resultFile where to write the {@link ClosureResult}
 */
public record ClosureRequest(
        String zone,
        Map<String, String> definitions,
        List<String> spells,
        BaselineSpells comparedWith,
        List<ClosedQueue> queues,
        String scratch,
        String resultFile) {

    /** Command-line argument of the audit process for this task. */
    public static final String WORD = "closures";

    /** All files that are read. */
    public List<String> files() {
        return Stream.of(
                        spells.stream(),
                        comparedWith.files().stream(),
                        queues.stream().flatMap(queue -> queue.feeds().stream()).flatMap(feed -> feed.files().stream()))
                .flatMap(files -> files)
                .toList();
    }

    /** A queue and the feeds that determine its entries and exits. */
    public record ClosedQueue(String queue, List<FeedVersions> feeds) {}

    /**
     * All versions of the rows of a feed, {@code raw.<feed>}.
     *
     * @param source operational system; items are known by {@code source:item}
     * @param columns the columns whose change may have closed an item
     * @param withdrawnLoads ids of loads whose rows are in the files, and do not count
     * @param files absolute paths of the Parquet files
     */
    public record FeedVersions(
            String feed, String source, List<String> columns, List<String> withdrawnLoads, List<String> files) {}
}
