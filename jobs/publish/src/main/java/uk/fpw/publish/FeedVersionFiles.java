package uk.fpw.publish;

import java.nio.file.Path;
import java.util.List;
import uk.fpw.layout.FeedHistoryFile;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.StoredVersions;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;

/** Lists where the versions of each feed are, for analysts. */
final class FeedVersionFiles {

    private FeedVersionFiles() {}

    static FeedHistoryFile of(ReleaseId releaseId, Force force, WarehouseCatalog catalog, ReleaseSnapshots snapshots) {
        Path warehouse = force.storage().warehouse();
        StoredVersions versions = new StoredVersions(catalog);
        List<FeedHistoryFile.Feed> feeds = force.feeds().stream()
                .map(feed -> new FeedHistoryFile.Feed(
                        feed.name(),
                        feed.columns().stream().map(FeedVersionFiles::column).toList(),
                        versions.withdrawnLoads(feed.name()).stream().sorted().toList(),
                        snapshots.latestFiles(WarehouseCatalog.RAW + "." + feed.name()).stream()
                                .map(file -> snapshots.relative(warehouse, file))
                                .sorted()
                                .toList()))
                .toList();
        return new FeedHistoryFile(releaseId, feeds);
    }

    private static ReleaseFile.Column column(Feed.Column column) {
        String type =
                switch (column.type()) {
                    case TEXT -> "text";
                    case WHOLE -> "bigint";
                    case DECIMAL -> "decimal";
                    case BOOLEAN -> "boolean";
                    case DATE -> "date";
                    case INSTANT, LOCAL_TIME -> "timestamp";
                };
        return new ReleaseFile.Column(column.name(), type, column.description());
    }
}
