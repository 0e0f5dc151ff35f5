package uk.fpw.nightly.audit;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import javax.sql.DataSource;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.warehouse.force.ColumnsInUse;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.message.FigureChangeRequest.NewRows;
import uk.fpw.warehouse.message.FigureChangeRequest.StoredRows;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.feed.FeedLoads;
import uk.fpw.warehouse.store.load.StoredVersions;

/** Tells which rows of each feed were loaded or withdrawn since a release, and where they are. */
final class RowsLoadedSince {

    private final Force force;
    private final DataSource dataSource;
    private final StoredVersions versions;

    RowsLoadedSince(Force force, WarehouseCatalog catalog, DataSource dataSource) {
        this.force = force;
        this.dataSource = dataSource;
        this.versions = new StoredVersions(catalog);
    }

    /**
     * The rows by feed, in the order of the force.
     *
     * @param withdrawn by feed, the loads of the release that were withdrawn since
     * @param joined feeds that staging queries join to others, of which earlier rows may be needed
     */
    List<NewRows> of(Release release, SortedMap<String, List<String>> withdrawn, Set<String> joined) {
        List<FeedLoads.RecordedLoad> loads = FeedLoads.read(dataSource, null, null).ofRelease(null).stream()
                .filter(load -> !load.isOfRelease(release))
                .toList();
        List<String> late =
                release.missingFeeds().stream().map(ReleasedFeed::name).toList();
        return force.feeds().stream()
                .map(feed -> {
                    List<FeedLoads.RecordedLoad> since = loads.stream()
                            .filter(load -> load.feed().equals(feed.name()))
                            .toList();
                    List<String> withdrawnSince = withdrawn.getOrDefault(feed.name(), List.of());
                    return new NewRows(
                            feed.name(),
                            feed.source(),
                            release.businessDate().toString(),
                            since.stream().map(FeedLoads.RecordedLoad::loadId).toList(),
                            withdrawnSince,
                            versions.withdrawnLoads(feed.name()),
                            late.contains(feed.name()),
                            stored(
                                    feed,
                                    withdrawnSince.isEmpty() ? from(release, since) : LocalDate.EPOCH,
                                    since,
                                    joined.contains(feed.name())));
                })
                .toList();
    }

    /** The date from which rows are read: a late load has an earlier business date than the release. */
    private static LocalDate from(Release release, List<FeedLoads.RecordedLoad> since) {
        return since.stream()
                .map(FeedLoads.RecordedLoad::businessDate)
                .min(LocalDate::compareTo)
                .filter(date -> date.isBefore(release.businessDate()))
                .orElse(release.businessDate());
    }

    private StoredRows stored(Feed feed, LocalDate from, List<FeedLoads.RecordedLoad> since, boolean isJoined) {
        List<String> files = files(feed, from);
        List<String> compared = files.isEmpty() ? List.of() : compared(feed, since);
        // where the item is part of the key, a row never moves to another item
        boolean mayMove = !feed.isKeyedByRow() && !feed.key().contains(feed.item());
        boolean needsEarlier = !files.isEmpty() && (mayMove || !compared.isEmpty());
        Set<String> listed = new HashSet<>(files);
        return new StoredRows(
                files,
                needsEarlier || isJoined
                        ? files(feed, LocalDate.EPOCH).stream()
                                .filter(file -> !listed.contains(file))
                                .toList()
                        : List.of(),
                needsEarlier,
                compared);
    }

    /** The columns that figures depend on; empty if versions differ in no other columns. A cursor does not count. */
    private List<String> compared(Feed feed, List<FeedLoads.RecordedLoad> since) {
        if (!versions.hasOtherColumns(
                feed.name(),
                since.stream().map(FeedLoads.RecordedLoad::loadId).toList(),
                feed.columns().stream().map(Feed.Column::name).toList())) {
            return List.of();
        }
        Origin.Cursor cursor = feed.cursor();
        return ColumnsInUse.of(force, feed).stream()
                .map(position -> feed.columns().get(position).name())
                .filter(column -> cursor == null || !cursor.column().equals(column))
                .toList();
    }

    private List<String> files(Feed feed, LocalDate from) {
        return versions.filesSince(feed.name(), from).stream()
                .map(Path::toString)
                .toList();
    }
}
