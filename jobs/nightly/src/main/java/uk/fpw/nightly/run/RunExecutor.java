package uk.fpw.nightly.run;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.SourcePasswords;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.layout.RunId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.layout.site.Operations;
import uk.fpw.nightly.audit.AuditProcess;
import uk.fpw.nightly.measure.LimitUses;
import uk.fpw.nightly.program.LogFormat;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.Program;
import uk.fpw.nightly.run.change.QuotedSentences;
import uk.fpw.nightly.run.database.Access;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.nightly.site.ForceDictionary;
import uk.fpw.nightly.site.Sites;
import uk.fpw.nightly.spark.SparkClient;
import uk.fpw.nightly.spark.SparkCommand;
import uk.fpw.nightly.spark.SparkWorker;
import uk.fpw.publish.ReaderFiles;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.privacy.FilePermissions;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.limit.AcceptanceRequest;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.maintenance.FutureTimestamps;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/** Runs one nightly job, or a part of it, from opening the database to its end, successful or not. */
public final class RunExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecutor.class);

    private final Map<String, String> environment;
    private ProcessSupervisor processes;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;
    private final String softwareVersion;
    private @Nullable SparkWorker worker;
    private @Nullable WarehouseLock held;
    private Duration lockTimeout = Duration.ZERO;
    private List<AcceptanceRequest> accepting = List.of();
    private boolean adoptsFolder;
    private @Nullable Consumer<String> details;

    /**
     * A runner for this process.
     *
     * @param processes start the programs of the installation; settings and secrets come from their environment
     * @param err receives error messages
     */
    public RunExecutor(
            ProcessSupervisor processes, Clock clock, PrintStream out, PrintStream err, String softwareVersion) {
        this.environment = processes.environment();
        this.processes = processes;
        this.clock = clock;
        this.out = out;
        this.err = err;
        this.softwareVersion = softwareVersion;
    }

    /** Uses a Spark process that is kept for several runs, instead of one for each. */
    public RunExecutor withSparkWorker(SparkWorker worker) {
        this.worker = worker;
        this.processes = worker.processes(); // a signal stops them all
        return this;
    }

    /** Works under a lock that the caller holds and releases, instead of taking it for each run. */
    public RunExecutor withLock(WarehouseLock lock) {
        held = lock;
        return this;
    }

    /** Waits this long for the lock; otherwise a held lock ends the run immediately. */
    public RunExecutor waitingForLock(Duration time) {
        lockTimeout = time;
        return this;
    }

    /** Records these acceptances for the business date before anything is done. */
    public RunExecutor accepting(List<AcceptanceRequest> requests) {
        accepting = requests;
        return this;
    }

    /** Gives the lines about each table to a consumer, instead of printing them; the log has them all the same. */
    public RunExecutor givingDetailsTo(Consumer<String> consumer) {
        details = consumer;
        return this;
    }

    /** Lets this force folder write to a warehouse that another one wrote last. */
    public RunExecutor adoptingFolder(boolean adopts) {
        adoptsFolder = adopts;
        return this;
    }

    /**
     * Executes the request.
     *
     * @throws ReportedException if it failed, after the error was printed to {@code err}
     * @throws FpwException with {@code CONFIGURATION} if the warehouse is not this force folder's, what the environment
     *     has is no pseudonym key, or the installation's file has errors; nothing was written then, not even a log
     */
    public RunResult run(Force force, RunRequest request, LogFormat logFormat) {
        if (force.needsPseudonymKey()) {
            Pseudonymiser.requireValid(environment);
        }
        Installation.of(environment);
        // opened once: a database that is closed and opened again takes a tenth of a small run
        try (HikariDataSource own =
                held == null ? WarehouseOwnership.openOwn(force, adoptsFolder, environment) : null) {
            return run(force, request, logFormat, own);
        }
    }

    private RunResult run(Force force, RunRequest request, LogFormat logFormat, @Nullable HikariDataSource own) {
        RunId runId = RunId.of(request.businessDate(), clock.instant(), new SecureRandom().nextInt());
        RunFolder runFolder = new WarehouseFolder(force.storage().warehouse()).run(runId);
        String closed = makeFolder(force.storage().warehouse(), runFolder.path());
        Path logFile = runFolder.log();
        RunProgress progress = new RunProgress(out, clock, force.zone(), details);
        RunLog log = RunLog.open(logFile, logFormat, progress);
        GracefulShutdown shutdown = GracefulShutdown.onSignal(err);
        try (log;
                shutdown) {
            LOG.info(
                    "fpw {}: {} of {}, run {}, force folder {} (digest {})",
                    softwareVersion,
                    request.task().description(),
                    request.businessDate(),
                    runId,
                    force.folder(),
                    force.digest());
            if (closed != null) {
                progress.report(closed);
            }
            ReleaseStanding standing = new ReleaseStanding(force.storage().warehouse());
            try {
                Run run = new Run(force, request, runId, runFolder, progress, shutdown, standing);
                return FailureReport.explain(force, shutdown, () -> openDatabase(run, own));
            } catch (RuntimeException failed) {
                throw new FailureReport(request, out, err, logFile, standing).report(failed);
            }
        }
    }

    /** A process may have been killed between the release and its pages. */
    private static void followPages(Sites sites, RunProgress progress, Path warehouse) {
        try {
            if (sites.follow()) {
                progress.report(
                        "the pages were of another release than the current one, or for other readers; corrected");
            }
        } catch (RuntimeException failed) {
            LOG.warn("the pages of the current release could not be made", failed);
            progress.report(
                    "the pages of the current release could not be made: " + Exhaustion.describe(failed, warehouse));
        }
    }

    private static List<String> quoted(Run run, Access access, Release release) {
        try (WarehouseCatalog catalog = WarehouseCatalog.open(run.force().storage(), access.password())) {
            ReleaseFiles.renewCopies(catalog.storage(), catalog.warehouse(), release.releaseId());
            return QuotedSentences.of(access.dataSource(), catalog, run.force().facts(), release);
        }
    }

    private static List<Operations.LeftOut> leftOut(Run run, Access access) {
        try (WarehouseCatalog catalog = WarehouseCatalog.open(run.force().storage(), access.password())) {
            return LeftOutRows.of(new Rejections(access.dataSource(), catalog, run.force()));
        }
    }

    /** The context of a run: its request, its id, its output and how it ends. */
    private record Run(
            Force force,
            RunRequest assignment,
            RunId runId,
            RunFolder folder,
            RunProgress progress,
            GracefulShutdown shutdown,
            ReleaseStanding standing) {

        RunContext context(
                ReleaseId releaseId,
                RunId candidateRunId,
                @Nullable Release releasedBefore,
                @Nullable Release previous) {
            return new RunContext(
                    force, assignment, runId, folder.log(), releaseId, candidateRunId, releasedBefore, previous);
        }
    }

    private RunResult openDatabase(Run run, @Nullable HikariDataSource own) {
        Force force = run.force();
        String password = WarehouseDatabase.password(force.storage(), environment);
        try (HikariDataSource dataSource = own != null ? own : WarehouseDatabase.open(force.storage(), password)) {
            WarehouseDatabase.migrate(dataSource);
            return takeLock(run, new Access(dataSource, password, new SourcePasswords(environment)));
        }
    }

    private RunResult takeLock(Run run, Access access) {
        WarehouseLock lent = held;
        if (lent != null) {
            run.shutdown().releaseAtExit(lent);
            return startSpark(run, access, lent);
        }
        try (WarehouseLock taken = acquire(run, access.dataSource())) {
            return startSpark(run, access, taken);
        }
    }

    /** Takes the warehouse lock for this run, waiting for it as long as requested. */
    private WarehouseLock acquire(Run run, HikariDataSource dataSource) {
        RunProgress progress = run.progress();
        AtomicBoolean said = new AtomicBoolean();
        WarehouseLock lock = WarehouseLock.acquire(
                dataSource::getConnection, run.runId().value(), run.force().zone(), lockTimeout, failed -> {
                    run.shutdown().refuseIfStopped();
                    if (!said.getAndSet(true)) {
                        progress.report("waiting up to " + lockTimeout.toMinutes() + " min: " + failed.getMessage());
                    }
                });
        run.shutdown().releaseOnSignal(lock);
        if (lock.predecessor() != null) {
            progress.report("took over the warehouse lock from run "
                    + lock.predecessor().runId() + ", whose process no longer exists");
        }
        return lock;
    }

    private RunResult startSpark(Run run, Access access, WarehouseLock lock) {
        RunProgress progress = run.progress();
        try (SparkClient spark = worker == null
                ? new SparkClient(
                        new SparkCommand(
                                processes,
                                new Releases(access.dataSource()).currentRowCount(),
                                run.force().storage().tables()),
                        access.password(),
                        progress::detail)
                : new SparkClient(worker, access.password(), progress::detail)) {
            return underLock(run, access, lock, spark);
        }
    }

    private RunResult underLock(Run run, Access access, WarehouseLock lock, SparkClient spark) {
        Force force = run.force();
        RunRequest assignment = run.assignment();
        RunProgress progress = run.progress();
        HikariDataSource dataSource = access.dataSource();
        LockGuard guard = run.shutdown().guarding(lock);
        spark.guardedBy(lock.token());
        WarehouseIdentity warehouse =
                WarehouseOwnership.of(force, dataSource, environment).establish(adoptsFolder, clock.instant());
        spark.writesTo(warehouse);
        Pseudonymiser pseudonymiser = force.needsPseudonymKey()
                ? Pseudonymiser.fromEnvironment(environment, warehouse.keyFormat())
                : Pseudonymiser.none();
        if (assignment.task() == RunRequest.Task.NIGHTLY || assignment.task() == RunRequest.Task.METRICS) {
            processes.requireInstalled(Program.AUDIT);
        }
        run.shutdown().stopOnSignal(processes);
        RunLedger ledger = new RunLedger(dataSource, clock);
        ledger.abandonUnfinished().forEach((abandoned, status) -> {
            progress.report("run " + abandoned + " terminated unexpectedly; marked as " + status);
            RunFolder folder = new WarehouseFolder(force.storage().warehouse()).run(abandoned);
            SparkClient.discardRunFile(folder);
            AuditProcess.discardScratch(folder);
        });
        ReadRecords.follow(dataSource, force.storage().warehouse(), clock, progress);
        recoverLoads(run, access, guard);
        if (assignment.task() == RunRequest.Task.NIGHTLY || assignment.task() == RunRequest.Task.INGEST) {
            KeptOutFeeds.require(force, dataSource, new LoadLedger(dataSource, clock), assignment.businessDate());
        }
        if (assignment.task() != RunRequest.Task.INGEST) {
            new QueueDefinitions(dataSource).requireUnchanged(QueueFingerprint.of(force));
        }
        RunContext context = prepare(run, new Releases(dataSource), new WithdrawnReleases(dataSource), ledger);
        Sites sites = new Sites(
                force.identity(),
                Installation.of(environment),
                dataSource,
                processes,
                clock,
                new Sites.Sources(
                        release -> quoted(run, access, release),
                        release -> ForceDictionary.of(force, release),
                        () -> leftOut(run, access),
                        () -> LimitUses.current(dataSource, force)));
        if (context.releasedBefore() != null) {
            followReaders(run, access, guard);
            followPages(sites, progress, force.storage().warehouse());
            return RunResult.ofReleasedBefore(context);
        }
        Acceptances acceptances = new Acceptances(dataSource, clock);
        for (AcceptanceRequest request : accepting) {
            progress.report("accepted: "
                    + acceptances
                            .record(
                                    request.subject(),
                                    request.limit(),
                                    assignment.businessDate(),
                                    request.reason(),
                                    request.recordedBy())
                            .describe());
        }
        if (assignment.task() == RunRequest.Task.NIGHTLY) {
            spark.prepare(force, assignment.businessDate(), run.runId(), context.resultFile());
        }
        BatchJobs jobs = new BatchJobs(
                access,
                pseudonymiser,
                new RunProcesses(spark, new AuditProcess(processes), sites),
                progress,
                guard,
                clock,
                softwareVersion);
        return new RecordedRun(context, run.standing(), ledger, new Releases(dataSource), sites)
                .run(jobs, run.shutdown());
    }

    /**
     * A load or a withdrawal whose process was killed is in the warehouse, but not in ops; the following steps
     * read dates and loads from ops. Nothing can be committed to a table that was written while the clock was ahead,
     * so that is corrected first.
     */
    private void recoverLoads(Run run, Access access, LockGuard guard) {
        try (WarehouseCatalog catalog = WarehouseCatalog.open(run.force().storage(), access.password())) {
            int tables = FutureTimestamps.correct(catalog, guard);
            if (tables > 0) {
                run.progress()
                        .report("tables written while the system clock was ahead: " + tables
                                + "; their commits got new timestamps, since Iceberg "
                                + "refuses commits older than the last one");
            }
            new LoadWithdrawals(catalog, access.dataSource(), guard, clock).recoverAll();
        }
    }

    /** The run that released it may have ended between the switch and the pointer file. */
    private static void followReaders(Run run, Access access, LockGuard guard) {
        Force.Storage storage = run.force().storage();
        try (WarehouseCatalog catalog = WarehouseCatalog.open(storage, access.password())) {
            NightlyJob.followReaders(
                    new ReaderFiles(access.dataSource(), catalog, storage.warehouse(), guard), run.progress());
        }
    }

    /** Refuses what cannot be done, before anything is. */
    private static RunContext prepare(Run run, Releases releases, WithdrawnReleases withdrawn, RunLedger ledger) {
        Force force = run.force();
        RunRequest request = run.assignment();
        Release before = releases.current();
        LocalDate businessDate = request.businessDate();
        if (request.task() == RunRequest.Task.RELEASE) {
            RunLedger.Computed computed = ledger.latestComputed(businessDate);
            RunLedger.Computed candidate = PendingCandidates.requireReleasable(
                    force,
                    businessDate,
                    computed,
                    computed == null ? List.of() : ledger.feedsLoadedSince(computed.runId(), businessDate),
                    computed == null ? null : withdrawn.all().get(computed.releaseId()),
                    before);
            return run.context(
                    candidate.releaseId(),
                    candidate.runId(),
                    candidate.isReleased() ? releases.find(candidate.releaseId()) : null,
                    before);
        }
        BusinessDateCheck.require(force, request, ledger.latestBusinessDate());
        RunContext context = run.context(releases.nextReleaseId(businessDate), run.runId(), null, before);
        context.requireFeeds();
        return context;
    }

    /**
     * Creates the folder of the run, in a warehouse that is not accessible to other users; returns what was done to
     * restrict it, or null.
     */
    private static @Nullable String makeFolder(Path warehouse, Path runFolder) {
        try {
            String closed = FilePermissions.closeWarehouse(warehouse);
            DurableFiles.createDirectories(runFolder);
            return closed;
        } catch (IOException failed) {
            FpwException machine = Exhaustion.causeOf(failed, warehouse);
            throw machine != null
                    ? machine
                    : FpwException.unavailable(
                            "the warehouse folder cannot be written: " + failed
                                    + "; check force.yml: storage.warehouse, and its permissions",
                            failed);
        }
    }
}
