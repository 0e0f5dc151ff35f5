package uk.fpw.warehouse.run;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the audit process is asked of queues that many items have left: what these have in common. Asked after the
 * audit, since it takes every version of the rows behind the queues.
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

    /** How the audit process is told that this is what it is to do. */
    public static final String WORD = "closures";

    /** Every file that is read for the answer. */
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
