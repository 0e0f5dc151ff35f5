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
 * How later versions treat an unchanged force folder differently, as far as this may stop a run or change how it ends.
 * The version that last ran is recognised by its migrations, so each entry names the migration that came with it, or
 * the next one.
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
                    limits -> "rows without an item no longer hold missing rows: the first run deletes the held "
                            + "ones, and "
                            + "stops if they exceed max_deleted_share ("
                            + limits.changes().maxDeletedShare() + ")"),
            ofFeeds(
                    "0047",
                    feed -> feed.extract() == Feed.Extract.FULL,
                    limits -> "a run that keeps more rows from being deleted than the previous run ends with exit "
                            + "code 9"),
            new BehaviourChange("0050", force -> force.queues().stream()
                    .flatMap(queue -> EntryRefusals.of(force, queue).slices().entrySet().stream()
                            .map(slice -> "queues/" + queue.name() + ".yml: no more curves, standards or tests by "
                                    + slice.getKey() + ": " + slice.getValue()))),
            new BehaviourChange(
                    "0056",
                    force -> Stream.of("force.yml: pages show every count as it is, also those of "
                            + "1 to 4, and name who may read them; pages.small_cell_threshold has no effect")));

    /**
     * A change.
     *
     * @param migration version of a migration that a database without the change does not have
     * @param concerned what it changes for a force: the file, and the difference
     */
    private record BehaviourChange(String migration, Function<Force, Stream<String>> concerned) {}

    private BehaviourChanges() {}

    /**
     * What behaves differently for a force, one line each.
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
