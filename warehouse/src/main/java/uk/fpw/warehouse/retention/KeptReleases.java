package uk.fpw.warehouse.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.WithdrawnReleases;

/**
 * The releases that can be queried; files and snapshots of others may go.
 *
 * @param ids their ids
 * @param snapshots by table, such as {@code mart.queue_daily}, the snapshots that they need
 */
record KeptReleases(Set<ReleaseId> ids, Map<String, Set<Long>> snapshots) {

    /**
     * Decides it.
     *
     * @param releases every release
     * @param latest ids of those that stay whatever their age: the current one, the latest and the pinned ones
     * @param withdrawn those that were withdrawn, by id
     */
    static KeptReleases of(
            Instant now,
            Collection<Release> releases,
            Set<ReleaseId> latest,
            Map<ReleaseId, WithdrawnReleases.Withdrawn> withdrawn) {
        List<Release> queryable = releases.stream()
                .filter(release -> latest.contains(release.releaseId())
                        || since(release, withdrawn.get(release.releaseId()))
                                .isAfter(now.minus(RetentionRules.QUERYABLE)))
                .toList();
        Set<ReleaseId> ids = new HashSet<>();
        Map<String, Set<Long>> snapshots = new HashMap<>();
        for (Release release : queryable) {
            ids.add(release.releaseId());
            for (Release.Table table : release.tables()) {
                snapshots.computeIfAbsent(table.name(), name -> new HashSet<>()).add(table.snapshotId());
            }
        }
        return new KeptReleases(ids, snapshots);
    }

    /** The snapshots of a table that stay. */
    Set<Long> snapshotsOf(String table) {
        return snapshots.getOrDefault(table, Set.of());
    }

    /**
     * When a release was created; of one that was withdrawn, when it was, since the clock may have been ahead when it
     * was created.
     */
    private static Instant since(Release release, WithdrawnReleases.@Nullable Withdrawn withdrawn) {
        return withdrawn == null ? release.releasedAt() : withdrawn.at();
    }
}
