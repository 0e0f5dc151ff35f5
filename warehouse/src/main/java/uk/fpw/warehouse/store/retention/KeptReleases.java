package uk.fpw.warehouse.store.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;

/**
 * The releases to keep; files and snapshots of others may be deleted.
 *
 * @param ids ids of the releases
 * @param withoutCore releases whose {@code core} tables may be deleted
 * @param snapshots by table, such as {@code mart.queue_daily}, the snapshots to keep
 */
record KeptReleases(Set<ReleaseId> ids, Set<ReleaseId> withoutCore, Map<String, Set<Long>> snapshots) {

    private static final String CORE = WarehouseCatalog.CORE + ".";

    /**
     * Selects the releases to keep.
     *
     * @param releases all releases
     * @param latest ids of releases kept at any age: the current one, the latest and the pinned ones
     * @param withdrawn withdrawn releases by id
     */
    static KeptReleases of(
            Instant now,
            Collection<Release> releases,
            Set<ReleaseId> latest,
            Map<ReleaseId, WithdrawnReleases.Withdrawn> withdrawn) {
        Set<ReleaseId> ids = new HashSet<>();
        Set<ReleaseId> withoutCore = new HashSet<>();
        Map<String, Set<Long>> snapshots = new HashMap<>();
        for (Release release : releases) {
            ReleaseId id = release.releaseId();
            Instant since = since(release, withdrawn.get(id));
            if (latest.contains(id) || since.isAfter(now.minus(RetentionRules.QUERYABLE))) {
                ids.add(id);
                boolean hasCore = latest.contains(id) || since.isAfter(now.minus(RetentionRules.CORE));
                if (!hasCore) {
                    withoutCore.add(id);
                }
                for (Release.Table table : release.tables()) {
                    if (hasCore || !isCore(table.name())) {
                        snapshots
                                .computeIfAbsent(table.name(), name -> new HashSet<>())
                                .add(table.snapshotId());
                    }
                }
            }
        }
        return new KeptReleases(ids, withoutCore, snapshots);
    }

    /** Whether a table, by qualified name, is one of those deleted before the others. */
    static boolean isCore(String table) {
        return table.startsWith(CORE);
    }

    /** The snapshots of a table to keep. */
    Set<Long> snapshotsOf(String table) {
        return snapshots.getOrDefault(table, Set.of());
    }

    /**
     * Creation time of a release or, if it was withdrawn, time of the withdrawal, since the clock may have been ahead
     * at its creation.
     */
    private static Instant since(Release release, WithdrawnReleases.@Nullable Withdrawn withdrawn) {
        return withdrawn == null ? release.releasedAt() : withdrawn.at();
    }
}
