package uk.fpw.nightly.measure;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.process.RunFiles;
import uk.fpw.publish.QueueLimitUse;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.LimitUse;

/**
 * How near the latest loads, and the current release when it was made, came to their limits.
 *
 * @param uses each limit that is set and has something to compare with
 * @param unavailable why some or all of them are unknown; null if all that are set are known
 */
public record LimitUses(List<LimitUse> uses, @Nullable String unavailable) {

    /** Those of the latest loads and the current release. */
    public static LimitUses current(DataSource dataSource, @Nullable Force force) {
        return of(force, new Releases(dataSource).current(), new LoadStatus(dataSource).latest());
    }

    /**
     * Reads them. What cannot be read is unknown with its reason, so that it hides no other.
     *
     * @param force the force folder; null if it has errors
     */
    public static LimitUses of(@Nullable Force force, @Nullable Release current, List<LoadStatus.LatestLoad> loads) {
        if (force == null) {
            return new LimitUses(List.of(), "the force folder, which sets the limits, has errors (fpw check)");
        }
        List<LimitUse> uses = new ArrayList<>(ofFeeds(force, loads));
        String noQueues = addOfQueues(force, current, uses);
        return new LimitUses(List.copyOf(uses), noQueues);
    }

    /** Adds those of the current release, from the result of its run; returns why there are none, or null. */
    private static @Nullable String addOfQueues(Force force, @Nullable Release current, List<LimitUse> limits) {
        if (current == null) {
            return "there is no release, so those of queues are unknown";
        }
        Path result = new WarehouseFolder(force.storage().warehouse())
                .run(current.runId())
                .resultFile();
        if (!Files.exists(result)) {
            return "the folder of the run that made the release is gone, so those of queues are unknown";
        }
        try {
            limits.addAll(QueueLimitUse.of(force, RunFiles.read(result, MetricsResult.class)));
            return null;
        } catch (UncheckedIOException unreadable) {
            return "those of queues are unknown: " + unreadable.getMessage();
        }
    }

    /** Those of one load; what earlier loads decide, over 28 days and by columns, is in its message if it stops. */
    private static List<LimitUse> ofFeeds(Force force, List<LoadStatus.LatestLoad> loads) {
        List<LimitUse> uses = new ArrayList<>();
        for (LoadStatus.LatestLoad load : loads) {
            force.feeds().stream()
                    .filter(feed -> feed.name().equals(load.feed()))
                    .forEach(feed -> addOf(feed, load, uses));
        }
        return uses;
    }

    private static void addOf(Feed feed, LoadStatus.LatestLoad load, List<LimitUse> uses) {
        FeedLimits.Rows rows = feed.limits().rows();
        FeedLimits.Changes changes = feed.limits().changes();
        Long refused = load.refused() == null || load.emptyKey() == null ? null : load.refused() - load.emptyKey();
        add(uses, feed, "refused", refused, rows.minRefusedRows(), rows.maxRefusedShare(), load.received());
        add(
                uses,
                feed,
                AcceptableLimit.EMPTY_KEYS.text(),
                load.emptyKey(),
                rows.minRefusedRows(),
                rows.maxEmptyKeyShare(),
                load.received());
        add(
                uses,
                feed,
                AcceptableLimit.DELETED.text(),
                load.deleted(),
                changes.minAffectedRows(),
                changes.maxDeletedShare(),
                load.before());
        add(
                uses,
                feed,
                AcceptableLimit.CHANGED.text(),
                load.changed(),
                changes.minChangedRows(),
                changes.maxChangedShare(),
                load.before());
    }

    private static void add(
            List<LimitUse> uses,
            Feed feed,
            String limit,
            @Nullable Long count,
            long least,
            double share,
            @Nullable Long of) {
        if (count != null && of != null) {
            LimitUse use = LimitUse.of(feed.name(), limit, count, least, share, of);
            if (use != null) {
                uses.add(use);
            }
        }
    }
}
