package uk.fpw.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.maintenance.DerivedTables;
import uk.fpw.warehouse.store.maintenance.FutureTimestamps;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;
import uk.fpw.warehouse.store.release.ReleasedBranches;

/**
 * Withdraws a release: one transaction brings readers back to the previous one. Killed at any point and repeated, it
 * ends the same. The caller holds the warehouse lock.
 */
public final class ReleaseWithdrawal {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseWithdrawal.class);

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Releases releases;
    private final WithdrawnReleases withdrawn;
    private final MartRows martRows;
    private final WarehouseCatalog catalog;
    private final ReleaseSnapshots snapshots;
    private final ReleasedBranches branches;
    private final ReaderFiles readers;
    private final Path warehouse;
    private final LockGuard guard;
    private final Clock clock;

    /** Withdrawals from that warehouse, whose releases are in that database and that catalog. */
    public ReleaseWithdrawal(
            DataSource dataSource, WarehouseCatalog catalog, Path warehouse, LockGuard guard, Clock clock) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.releases = new Releases(dataSource);
        this.withdrawn = new WithdrawnReleases(dataSource);
        this.martRows = new MartRows(jdbc, guard);
        this.catalog = catalog;
        this.snapshots = new ReleaseSnapshots(catalog);
        this.branches = new ReleasedBranches(catalog, guard);
        this.readers = new ReaderFiles(dataSource, catalog, warehouse, guard);
        this.warehouse = warehouse;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * Result of a withdrawal.
     *
     * @param wasWithdrawnBefore whether it had been withdrawn already
     * @param wasCurrent whether readers saw it until now
     * @param current the release that readers see now; null for none
     * @param isPublishedAgain whether the rows of that release had been deleted and were written again
     * @param laterFailure what failed after the withdrawal; null if nothing did. Repeating the command, or the next
     *     run, recovers it
     */
    public record Outcome(
            boolean wasWithdrawnBefore,
            boolean wasCurrent,
            @Nullable ReleaseId current,
            boolean isPublishedAgain,
            @Nullable String laterFailure) {}

    /**
     * Withdraws a release. If it is current, the latest earlier release (by business date and number) that was not
     * withdrawn becomes current again. If there is none, readers see no release: none is better than a wrong one.
     * Tables whose metadata or manifests are damaged go back to a state from which the next run can continue.
     *
     * @param reason why, as text that anyone may read: no personal data
     * @param by operating-system user
     * @throws FpwException with {@code CONFIGURATION} if there is no such release, or the previous one cannot become
     *     current again
     */
    public Outcome withdraw(ReleaseId releaseId, String reason, String by) {
        Release release = releases.find(releaseId);
        if (release == null) {
            throw FpwException.configuration("there is no release " + releaseId + "; releases: "
                    + releases.list().stream().map(Release::releaseId).toList());
        }
        FutureTimestamps.correct(catalog, guard);
        boolean wasWithdrawnBefore = withdrawn.all().containsKey(releaseId);
        boolean wasCurrent = releaseId.equals(releases.currentId());
        boolean isPublishedAgain = false;
        if (!wasWithdrawnBefore) {
            Release before = wasCurrent ? releases.before(release) : null;
            isPublishedAgain = before != null && publishIfCleared(before);
            WithdrawnReleases.Withdrawn mark = new WithdrawnReleases.Withdrawn(releaseId, clock.instant(), by, reason);
            transactions.executeWithoutResult(
                    transaction -> jdbc.execute((ConnectionCallback<ReleaseId>) (Connection connection) -> {
                        guard.check(connection);
                        WithdrawnReleases.withdraw(connection, mark, before == null ? null : before.releaseId());
                        return releaseId;
                    }));
        }
        String behind = follow();
        List<String> damaged = new DerivedTables(catalog, dataSource, guard).rollBack(releases.listValid());
        branches.follow(releases.current());
        return new Outcome(
                wasWithdrawnBefore,
                wasCurrent,
                releases.currentId(),
                isPublishedAgain,
                behind != null || damaged.isEmpty() ? behind : String.join("\n", damaged));
    }

    /** Writes the rows of a release again unless they are complete. Readers do not see them until it is current. */
    private boolean publishIfCleared(Release release) {
        boolean wrote = false;
        if (!Files.exists(ReleaseFiles.path(warehouse, release.releaseId()))) {
            throw cleared(release, "its file for queries is missing", null);
        }
        for (Model mart : Models.marts()) {
            Release.Table version = release.table(mart.table());
            if (version == null) {
                continue;
            }
            try {
                for (Map.Entry<ReleaseId, Long> stored :
                        snapshots.countByRelease(release, version).entrySet()) {
                    wrote |= publishIfCleared(mart, version, stored.getKey(), stored.getValue());
                }
            } catch (FpwException failed) {
                throw failed;
            } catch (RuntimeException failed) {
                throw cleared(
                        release,
                        "rows of " + mart.table() + " were deleted and cannot be restored: " + failed.getMessage(),
                        failed);
            }
        }
        return wrote;
    }

    private boolean publishIfCleared(Model mart, Release.Table version, ReleaseId storedBy, long rowCount) {
        if (martRows.count(mart, storedBy) >= rowCount) {
            return false;
        }
        transactions.executeWithoutResult(transaction -> {
            long rows = martRows.replace(mart, storedBy, snapshots.ownRows(storedBy, version));
            if (rows != rowCount) {
                throw new IllegalStateException(rows + " rows instead of " + rowCount);
            }
            guard.check();
        });
        return true;
    }

    private static FpwException cleared(Release release, String why, @Nullable RuntimeException cause) {
        String message = "release " + release.releaseId() + ", the previous one, cannot become current again: " + why
                + ". Withdraw it first: then the release before it becomes current; if there is "
                + "none, readers see no release";
        return cause == null ? FpwException.configuration(message) : FpwException.configuration(message, cause);
    }

    private @Nullable String follow() {
        try {
            readers.follow();
            return null;
        } catch (RuntimeException failed) {
            LOG.warn("the withdrawal is complete, but the files for readers are out of date", failed);
            return String.valueOf(failed.getMessage());
        }
    }
}
