package uk.fpw.nightly.cli.force;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uk.fpw.warehouse.force.EntryRefusals;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;

/**
 * What later versions do otherwise with a force folder that has not changed, as far as a run may stop or end otherwise
 * for it. A version of the software is recognised by its migrations: every entry has one that came with it, or next.
 */
final class BehaviourChanges {

    private static final List<BehaviourChange> ALL = List.of(
            ofFeeds(
                    "0044",
                    feed -> feed.cursor() != null,
                    limits -> "the rows of the source are counted by ranges of the cursor and compared with what was "
                            + "loaded; what differs is read again, and missing rows count against max_deleted_share ("
                            + limits.changes().maxDeletedShare() + ")"),
            ofFeeds(
                    "0046",
                    feed -> feed.isKeyedByRow() && !feed.isItemPerRow(),
                    limits -> "rows without an item keep no missing row any more: those that are held are deleted by "
                            + "the first run, which stops if they are more than max_deleted_share ("
                            + limits.changes().maxDeletedShare() + ")"),
            ofFeeds(
                    "0047",
                    feed -> feed.extract() == Feed.Extract.FULL,
                    limits -> "a run that holds more rows from deletion than the night before ends with exit code 9"),
            new BehaviourChange("0050", force -> force.queues().stream()
                    .flatMap(queue -> EntryRefusals.of(force, queue).slices().entrySet().stream()
                            .map(slice -> "queues/" + queue.name() + ".yml: no curves, standards and tests by "
                                    + slice.getKey() + " any more: " + slice.getValue()))));

    /**
     * A change.
     *
     * @param migration version of a migration that a database without the change does not have
     * @param concerned what of a force it concerns: the file, and what is otherwise
     */
    private record BehaviourChange(String migration, Function<Force, Stream<String>> concerned) {}

    private BehaviourChanges() {}

    /**
     * What of a force behaves otherwise, one line each.
     *
     * @param pending migrations that the version which last ran did not have
     */
    static List<String> of(Force force, Set<String> pending) {
        return ALL.stream()
                .filter(change -> pending.contains(change.migration()))
                .flatMap(change -> change.concerned().apply(force))
                .toList();
    }

    private static BehaviourChange ofFeeds(
            String migration, Predicate<Feed> isConcerned, Function<FeedLimits, String> what) {
        return new BehaviourChange(migration, force -> force.feeds().stream()
                .filter(isConcerned)
                .map(feed -> "feeds/" + feed.name() + ".yml: " + what.apply(feed.limits())));
    }
}
