package uk.fpw.nightly.night;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.ledger.NightLedger;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.Releases;
import uk.fpw.warehouse.ledger.WithdrawnReleases;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.release.ReleaseFiles;
import uk.fpw.warehouse.upkeep.TableUpkeep;

/**
 * Keeps a warehouse from growing without bound. A release can be queried while it is among the latest three, younger
 * than {@link #QUERYABLE} or named; snapshots and release files of others go. Run folders stay for the latest
 * {@value #RUN_FOLDERS} runs and as long as any release can be queried: a night in parts is many runs. Rows of
 * {@code raw} are never deleted.
 */
final class Housekeeping {

    /** How long any release can be queried. */
    static final Duration QUERYABLE = Duration.ofDays(14);

    /** A candidate that waits to be released, and whatever a killed run has left, is left alone for that long. */
    static final Duration UNTOUCHED = Duration.ofDays(1);

    /**
     * Days for which a file that no snapshot refers to can be found in the folder {@code orphans}, before it is deleted
     * for good.
     */
    static final int ORPHAN_DAYS = 14;

    static final int RUN_FOLDERS = 30;

    private static final int LATEST_RELEASES = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Pattern RUN_ID = Pattern.compile("\\d{4}-\\d\\d-\\d\\d-\\d{8}T\\d{6}-[0-9a-f]{4}");

    private final Path warehouse;
    private final WarehouseCatalog catalog;
    private final LoadLedger loads;
    private final NightLedger nights;
    private final Releases releases;
    private final WithdrawnReleases withdrawnReleases;
    private final TableUpkeep upkeep;
    private final Clock clock;

    Housekeeping(Path warehouse, WarehouseCatalog catalog, DataSource dataSource, LockGuard guard, Clock clock) {
        this.warehouse = warehouse;
        this.catalog = catalog;
        this.loads = new LoadLedger(dataSource, clock);
        this.nights = new NightLedger(dataSource, clock);
        this.releases = new Releases(dataSource);
        this.withdrawnReleases = new WithdrawnReleases(dataSource);
        this.upkeep = new TableUpkeep(catalog, guard);
        this.clock = clock;
    }

    /** Does what can be done; answers what could not, one sentence each. */
    List<String> keepHouse() {
        List<String> troubles = new ArrayList<>();
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        attempt(troubles, "old releases", () -> expireReleases(now));
        attempt(troubles, "tables of an earlier version", () -> upkeep.dropCurrentTables(today));
        attempt(troubles, "old snapshots of raw and current", () -> expireLoads(now));
        attempt(troubles, "files of killed runs", () -> {
            for (String namespace : WarehouseCatalog.NAMESPACES) {
                for (String table : catalog.tables(namespace)) {
                    upkeep.moveOrphans(namespace + "." + table, now.minus(UNTOUCHED), today);
                }
            }
        });
        attempt(troubles, "files that were moved aside", () -> upkeep.deleteMoved(today.minusDays(ORPHAN_DAYS)));
        attempt(troubles, "folders of unknown tables", () -> upkeep.unknownTables()
                .forEach(folder -> troubles.add(folder
                        + " holds a table that the database does not know. Nothing of it "
                        + "was touched; find out who wrote it, and move it "
                        + "out of the warehouse")));
        attempt(troubles, "old run folders", this::deleteRunFolders);
        return troubles;
    }

    private void expireReleases(Instant now) {
        Set<String> latest = releases.kept(LATEST_RELEASES);
        Map<String, WithdrawnReleases.Withdrawn> withdrawn = withdrawnReleases.all();
        List<Release> queryable = releases.list().stream()
                .filter(release -> latest.contains(release.releaseId())
                        || since(release, withdrawn.get(release.releaseId())).isAfter(now.minus(QUERYABLE)))
                .toList();
        Map<String, Set<Long>> needed = new HashMap<>();
        for (Release release : queryable) {
            for (Release.Table table : release.tables()) {
                needed.computeIfAbsent(table.name(), name -> new HashSet<>()).add(table.snapshotId());
            }
        }
        ReleaseFiles.keepOnly(
                warehouse, queryable.stream().map(Release::releaseId).toList());
        for (String namespace : List.of(WarehouseCatalog.CORE, WarehouseCatalog.MART)) {
            for (String name : catalog.tables(namespace)) {
                String table = namespace + "." + name;
                upkeep.expire(table, needed.getOrDefault(table, Set.of()), now.minus(UNTOUCHED));
            }
        }
    }

    /**
     * When a release was made; of one that was withdrawn, when it was, since the clock may have been ahead when it was
     * made.
     */
    private static Instant since(Release release, WithdrawnReleases.@Nullable Withdrawn withdrawn) {
        return withdrawn == null ? release.releasedAt() : withdrawn.at();
    }

    private void expireLoads(Instant now) {
        Set<String> confirmed = loads.completedIds();
        for (String feed : catalog.tables(WarehouseCatalog.RAW)) {
            upkeep.expireRaw(feed, confirmed::contains, now.minus(QUERYABLE));
            upkeep.expireCurrent(feed, now.minus(UNTOUCHED));
        }
    }

    private void deleteRunFolders() {
        Set<String> kept = new HashSet<>(nights.runsSince(clock.instant().minus(QUERYABLE)));
        nights.latest(RUN_FOLDERS).stream().map(NightLedger.Night::runId).forEach(kept::add);
        Path runs = new WarehouseFolder(warehouse).runs();
        try (Stream<Path> folders = Files.list(runs)) {
            for (Path folder : folders.toList()) {
                String name = folder.getFileName().toString();
                if (RUN_ID.matcher(name).matches() && !kept.contains(name) && isOlderThan(folder, kept)) {
                    delete(folder);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot clear " + runs, failed);
        }
    }

    /**
     * A folder that is in no row of {@code ops.night} belongs to a run that was turned away, perhaps a moment ago: it
     * goes once it is older than every folder that is kept.
     */
    private static boolean isOlderThan(Path folder, Set<String> kept) {
        return kept.size() >= RUN_FOLDERS
                && kept.stream()
                        .allMatch(run -> stamp(folder.getFileName().toString()).compareTo(stamp(run)) < 0);
    }

    private static String stamp(String runId) {
        return runId.length() > 26 ? runId.substring(11, 26) : "";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void attempt(List<String> troubles, String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("{} could not be cleared away", what, failed);
            troubles.add(what + " could not be cleared away: " + failed.getMessage() + "; the next night tries again");
        }
    }
}
