package uk.fpw.publish;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Models;
import uk.fpw.publish.export.Exports;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.release.ReleasePointer;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;
import uk.fpw.warehouse.store.release.ReleasedBranches;
import uk.fpw.warehouse.store.release.WithdrawalMarker;

/**
 * What readers without our database find the current release by: Iceberg's branch {@code main} of each table, the
 * pointer {@code releases/current}, the marks of withdrawn releases and the link {@code exports/current}. They are
 * updated after the database, so they are out of date if a process dies in between. The caller holds the warehouse
 * lock.
 */
public final class ReaderFiles {

    private final Path warehouse;
    private final Releases releases;
    private final WithdrawnReleases withdrawn;
    private final Exports exports;
    private final ReleasedBranches branches;
    private final LockGuard guard;

    /** Files of that warehouse folder, whose releases are in that database and that catalog. */
    public ReaderFiles(DataSource dataSource, WarehouseCatalog catalog, Path warehouse, LockGuard guard) {
        this.warehouse = warehouse;
        this.releases = new Releases(dataSource);
        this.withdrawn = new WithdrawnReleases(dataSource);
        this.exports = new Exports(warehouse, Models.marts(), new ReleaseSnapshots(catalog));
        this.branches = new ReleasedBranches(catalog, guard);
        this.guard = guard;
    }

    /**
     * Brings the files up to date with the database. The export link is only moved away from a withdrawn release, and
     * the export it then needs is written if missing; otherwise a run moves the link with its own export.
     *
     * @return whether any file was out of date
     */
    public boolean follow() {
        guard.check();
        Map<ReleaseId, WithdrawnReleases.Withdrawn> all = withdrawn.all();
        boolean lagged = WithdrawalMarker.write(warehouse, all.values());
        if (!Objects.equals(releases.currentId(), ReleasePointer.read(warehouse))) {
            branches.follow(releases.current());
            lagged |= ReleasePointer.repair(warehouse, releases);
        }
        ReleaseId linked = exports.pointed();
        if (linked != null && all.containsKey(linked)) {
            link(releases.currentId());
            lagged = true;
        }
        return lagged;
    }

    private void link(@Nullable ReleaseId current) {
        if (current == null) {
            exports.removeLink();
        } else if (exports.holds(current)) {
            exports.pointAt(current);
        } else {
            new ReleaseExport(releases, exports).parquet(current);
        }
    }
}
