package uk.fpw.warehouse.message;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Input of the audit process about queues that many items have left: what these items have in common. Run after the
 * audit, since it needs every version of the rows behind the queues.
 *
 * @param zone zone whose calendar dates are the force's days
 * @param definitions what the force defined, see {@link uk.fpw.warehouse.force.DefinedRows}
 * @param spells absolute paths of the Parquet files of the candidate's {@code core.spell}
 * @param comparedWith the spells of the current release
 * @param queues the queues
 * @param scratch folder that takes what does not fit into memory
 * @param resultFile where the {@link ClosureResult} is to be written
 */
public record ClosureRequest(
        String zone,
        Map<String, String> definitions,
        List<String> spells,
        BaselineSpells comparedWith,
        List<ClosedQueue> queues,
        String scratch,
        String resultFile) {

    /** Command line argument of the audit process for this task. */
    public static final String WORD = "closures";

    /** All files that are read for the result. */
    public List<String> files() {
        return Stream.of(
                        spells.stream(),
                        comparedWith.files().stream(),
                        queues.stream().flatMap(queue -> queue.feeds().stream()).flatMap(feed -> feed.files().stream()))
                .flatMap(files -> files)
                .toList();
    }

    /** A queue and the feeds behind its entries and exits. */
    public record ClosedQueue(String queue, List<FeedVersions> feeds) {}

    /**
     * Every version of the rows of a feed, {@code raw.<feed>}.
     *
     * @param source operational system; items are known by {@code source:item}
     * @param columns the columns whose change may have closed an item
     * @param withdrawnLoads ids of loads whose rows are in the files, and do not count
     * @param files absolute paths of the Parquet files
     */
    public record FeedVersions(
            String feed, String source, List<String> columns, List<String> withdrawnLoads, List<String> files) {}
}
