package uk.fpw.nightly.cli.status;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.MissedDeliveries;
import uk.fpw.ingest.file.UnprocessedFiles;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.UnlistedErasures;
import uk.fpw.nightly.measure.FailedChannel;
import uk.fpw.nightly.measure.LimitUses;
import uk.fpw.nightly.site.PageReaders;
import uk.fpw.nightly.site.PagesStatus;
import uk.fpw.publish.publication.WithdrawnNotices;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.installation.SparkCluster;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.AccountLedger;
import uk.fpw.warehouse.store.ledger.Publications;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** Reads the state of a warehouse. An error in the force folder, or of a part of the installation, hides no other. */
final class StatusReading {

    /** Number of runs and withdrawals. */
    private static final int LATEST = 7;

    /** Enough to know what is usual among loads of single feeds. */
    private static final int MEASURED = 50;

    private static final int ACCEPTED_DAYS = 28;

    private final CliContext context;
    private final Force.Identity force;
    private final Path folder;

    /**
     * A reading for a force.
     *
     * @param folder the force folder
     */
    StatusReading(CliContext context, Force.Identity force, Path folder) {
        this.context = context;
        this.force = force;
        this.folder = folder;
    }

    /** The state of a warehouse without a database. */
    StatusReport ofNothing(StatusReport.@Nullable AskedDeadline deadline, String reason) {
        return StatusReport.ofNothing(force, context.clock().instant(), deadline, reason, acceptedSince());
    }

    /**
     * The state of a warehouse.
     *
     * @param password of the database
     * @param isMeasured whether the limits are needed, which takes a file more
     * @throws SQLException if the lock cannot be read
     */
    StatusReport read(
            HikariDataSource dataSource,
            String password,
            StatusReport.@Nullable AskedDeadline deadline,
            boolean isMeasured)
            throws SQLException {
        Clock clock = context.clock();
        Releases releases = new Releases(dataSource);
        Release current = releases.current();
        LoadStatus loads = new LoadStatus(dataSource);
        Force whole = whole();
        List<RunLedger.Run> runs = new RunLedger(dataSource, clock).latest(MEASURED);
        List<LoadStatus.LatestLoad> latest = loads.latest();
        return new StatusReport(
                force,
                clock.instant(),
                true,
                deadline,
                current,
                current != null
                        ? null
                        : releases.ids().isEmpty() ? "none yet" : "none: all were withdrawn; run fpw nightly",
                current == null
                        ? List.of()
                        : new WithdrawnReleases(dataSource)
                                .withdrawnLoads()
                                .getOrDefault(current.releaseId(), List.of()),
                holding(dataSource),
                runs.subList(0, Math.min(LATEST, runs.size())),
                latest,
                new AccountLedger(dataSource).latest(null, null, null),
                loads.comparisons(),
                loads.withdrawn(LATEST),
                acceptedSince(),
                new Acceptances(dataSource, clock).since(acceptedSince()),
                FailedChannel.read(dataSource, clock.instant()),
                StatusMeasures.read(
                        dataSource,
                        runs,
                        isMeasured ? LimitUses.of(whole, current, latest) : new LimitUses(List.of(), "not asked for")),
                notes(dataSource, password, whole, current, new LoadLedger(dataSource, clock)));
    }

    private StatusReport.Notes notes(
            DataSource dataSource,
            String password,
            @Nullable Force whole,
            @Nullable Release current,
            LoadLedger ledger) {
        LocalDate known = whole == null ? null : latestKnown(whole, ledger, current);
        LocalDate today = LocalDate.ofInstant(context.clock().instant(), force.zone());
        return new StatusReport.Notes(
                whole == null || known == null ? List.of() : UnprocessedFiles.describe(whole, ledger, known),
                whole == null || known == null ? List.of() : MissedDeliveries.describe(whole, ledger, known),
                WithdrawnNotices.of(new Publications(dataSource), force.zone()),
                pages(dataSource),
                UnlistedErasures.note(dataSource, context.environment()),
                RestrictionReviews.note(dataSource, today),
                RetentionStatus.note(dataSource, whole, password, current, today),
                cluster());
    }

    /** The force folder; null if it has errors, which fpw check names. */
    private @Nullable Force whole() {
        try {
            return ForceFolder.read(folder);
        } catch (ForceFolderException invalid) {
            return null;
        }
    }

    /** The latest date of which there is a load or a release; null if there is none. */
    private static @Nullable LocalDate latestKnown(Force whole, LoadLedger ledger, @Nullable Release current) {
        Stream<LocalDate> committed = whole.feeds().stream().map(feed -> ledger.latestCommittedDate(feed.name()));
        return Stream.concat(committed, Stream.ofNullable(current).map(Release::businessDate))
                .filter(Objects::nonNull)
                .max(LocalDate::compareTo)
                .orElse(null);
    }

    private LocalDate acceptedSince() {
        return LocalDate.now(context.clock().withZone(force.zone())).minusDays(ACCEPTED_DAYS);
    }

    private static WarehouseLock.@Nullable Holding holding(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return WarehouseLock.holding(connection);
        }
    }

    private List<String> pages(DataSource dataSource) {
        try {
            PageReaders readers = PageReaders.of(Installation.of(context.environment()), dataSource);
            return PagesStatus.lines(force.storage().warehouse(), readers, context.launcher(), context::shown);
        } catch (FpwException invalid) {
            return List.of("cannot be made: " + invalid.getMessage());
        }
    }

    private @Nullable String cluster() {
        try {
            SparkCluster cluster = Installation.of(context.environment()).spark();
            return cluster == null ? null : cluster.describe(context.environment());
        } catch (FpwException invalid) {
            return invalid.getMessage();
        }
    }
}
