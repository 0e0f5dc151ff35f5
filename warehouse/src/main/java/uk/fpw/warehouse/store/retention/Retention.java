package uk.fpw.warehouse.store.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.ledger.ResultLedger;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.maintenance.TableMaintenance;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/**
 * Deletes old data of a warehouse according to {@link RetentionRules}, in one step of each run that releases and
 * nowhere else. The caller holds the lock. Rows of {@code raw} are never deleted.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Path warehouse;
    private final WarehouseCatalog catalog;
    private final LoadLedger loads;
    private final RunLedger ledger;
    private final Releases releases;
    private final WithdrawnReleases withdrawnReleases;
    private final ResultLedger results;
    private final Restrictions restrictions;
    private final TableMaintenance maintenance;
    private final LockGuard guard;
    private final Clock clock;

    /** Retention for a warehouse folder, its catalog and its database. */
    public Retention(Path warehouse, WarehouseCatalog catalog, DataSource dataSource, LockGuard guard, Clock clock) {
        this.warehouse = warehouse;
        this.catalog = catalog;
        this.loads = new LoadLedger(dataSource, clock);
        this.ledger = new RunLedger(dataSource, clock);
        this.releases = new Releases(dataSource);
        this.withdrawnReleases = new WithdrawnReleases(dataSource);
        this.results = new ResultLedger(dataSource);
        this.restrictions = new Restrictions(dataSource);
        this.maintenance = new TableMaintenance(catalog, guard);
        this.guard = guard;
        this.clock = clock;
    }

    /** Ids of releases whose published rows and exports are kept. */
    public static Set<ReleaseId> published(Releases releases) {
        return releases.kept(RetentionRules.LATEST_RELEASES);
    }

    /**
     * Applies all rules as far as possible. Returns failures, one sentence each.
     *
     * @param others deletes data that other modules own, by name, such as {@code old records of jobs}; applied first
     */
    public List<String> apply(Map<String, Runnable> others) {
        List<String> failures = new ArrayList<>();
        others.forEach((what, work) -> attempt(failures, what, work));
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        attempt(failures, "old releases", () -> expireReleases(now));
        attempt(failures, "old snapshots of raw and current", () -> expireLoads(now));
        attempt(failures, "files of killed runs", () -> {
            for (String namespace : WarehouseCatalog.NAMESPACES) {
                for (String table : catalog.tables(namespace)) {
                    maintenance.moveOrphans(namespace + "." + table, now.minus(RetentionRules.UNTOUCHED), today);
                }
            }
        });
        attempt(
                failures,
                "quarantined files",
                () -> maintenance.deleteMoved(today.minusDays(RetentionRules.ORPHAN_DAYS)));
        attempt(failures, "local copies", maintenance::tidyCopies);
        attempt(failures, "folders of unknown tables", () -> maintenance
                .unknownTables()
                .forEach(folder -> failures.add(folder
                        + " contains a table that is not in the "
                        + "database. It was left unchanged; find out who wrote it, "
                        + "and move it out of the warehouse")));
        attempt(failures, "old run folders", () -> deleteRunFolders(now));
        attempt(failures, "sealed files of interrupted restrictions", () -> {
            guard.check();
            new EvidenceFolder(warehouse).deleteOthers(restrictions.sealed());
        });
        attempt(failures, "old pages of single cases", () -> deleteRestrictedPages(now));
        return failures;
    }

    private void expireReleases(Instant now) {
        guard.check(); // a run that has lost the lock would take its successor's candidate for a leftover
        KeptReleases kept = KeptReleases.of(now, releases.list(), published(releases), withdrawnReleases.all());
        ReleaseFiles.keepOnly(warehouse, kept.ids());
        kept.withoutCore().forEach(release -> ReleaseFiles.expire(warehouse, release, KeptReleases::isCore));
        for (String namespace : List.of(WarehouseCatalog.CORE, WarehouseCatalog.MART)) {
            for (String name : catalog.tables(namespace)) {
                String table = namespace + "." + name;
                maintenance.expire(table, kept.snapshotsOf(table), now.minus(RetentionRules.UNTOUCHED));
            }
        }
        results.deletePassed(now.minus(RetentionRules.QUERYABLE), kept.ids());
    }

    private void expireLoads(Instant now) {
        for (String name : catalog.tables(WarehouseCatalog.LEDGER)) {
            // No rows are deleted, only snapshots with fewer rows.
            maintenance.expire(WarehouseCatalog.LEDGER + "." + name, Set.of(), now.minus(RetentionRules.UNTOUCHED));
        }
        Set<String> confirmed = loads.completedIds();
        for (String feed : catalog.tables(WarehouseCatalog.RAW)) {
            maintenance.expireRaw(feed, confirmed::contains, now.minus(RetentionRules.QUERYABLE));
            maintenance.expireCurrent(feed, now.minus(RetentionRules.UNTOUCHED));
        }
    }

    private void deleteRunFolders(Instant now) {
        KeptRuns kept = KeptRuns.of(
                ledger.latest(RetentionRules.RUN_FOLDERS).stream()
                        .map(RunLedger.Run::runId)
                        .toList(),
                ledger.runsSince(now.minus(RetentionRules.QUERYABLE)));
        // may be an old run, of which the result is still to be reported
        Release current = releases.current();
        String released = current == null ? "" : current.runId().value();
        Path runs = new WarehouseFolder(warehouse).runs();
        try (Stream<Path> folders = Files.list(runs)) {
            for (Path folder : folders.toList()) {
                String run = folder.getFileName().toString();
                if (kept.mayGo(run) && !run.equals(released)) {
                    delete(folder);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot clear " + runs, failed);
        }
    }

    private void deleteRestrictedPages(Instant now) {
        Path restricted = new WarehouseFolder(warehouse).restricted();
        if (!Files.isDirectory(restricted)) {
            return;
        }
        try (Stream<Path> folders = Files.list(restricted)) {
            for (Path folder : folders.toList()) {
                if (Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(now.minus(RetentionRules.RESTRICTED_PAGES))) {
                    delete(folder);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot clear " + restricted, failed);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void attempt(List<String> failures, String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("{} could not be deleted", what, failed);
            failures.add(what + " could not be deleted: " + Exhaustion.describe(failed, warehouse)
                    + "; the next run tries again");
        }
    }
}
