package uk.fpw.nightly.night;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import uk.fpw.nightly.spark.SparkCommand;
import uk.fpw.nightly.spark.SparkProcess;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.lock.WarehouseLock;
import uk.fpw.warehouse.privacy.Pseudonyms;
import uk.fpw.warehouse.release.Releases;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** Runs one night from the opening of the database to its end, whatever that is. */
public final class NightRunner {

    static final String LOG_FILE = "fpw.log";

    private static final Logger LOG = LoggerFactory.getLogger(NightRunner.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    private final Map<String, String> environment;
    private final Path lib;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;
    private final String softwareVersion;
    private boolean released;

    /**
     * A runner for this process.
     *
     * @param lib folder of the installation that holds {@code app} and {@code spark}
     * @param err takes what went wrong, in words
     */
    public NightRunner(
            Map<String, String> environment,
            Path lib,
            Clock clock,
            PrintStream out,
            PrintStream err,
            String softwareVersion) {
        this.environment = environment;
        this.lib = lib;
        this.clock = clock;
        this.out = out;
        this.err = err;
        this.softwareVersion = softwareVersion;
    }

    /**
     * Runs the night.
     *
     * @throws ReportedFailure if it failed, after what went wrong was told on {@code err}
     */
    public NightOutcome run(Force force, LocalDate businessDate, LogFormat logFormat) {
        String runId = newRunId(businessDate);
        Path runFolder = force.storage().warehouse().resolve("runs").resolve(runId);
        makeFolder(runFolder);
        Path logFile = runFolder.resolve(LOG_FILE);
        Progress progress = new Progress(out, clock, force.zone());
        RunLog log = RunLog.open(logFile, logFormat, progress);
        Stopping stopping = Stopping.onSignal();
        try (log;
                stopping) {
            LOG.info(
                    "fpw {}: night of {}, run {}, force folder {} (digest {})",
                    softwareVersion,
                    businessDate,
                    runId,
                    force.folder(),
                    force.digest());
            try {
                return underLock(force, businessDate, runId, runFolder, progress, stopping);
            } catch (NightFailure failed) {
                LOG.error("the night failed: {}", failed.getMessage(), failed);
                throw told(failed.exitCode(), failed.getMessage(), failed, logFile);
            } catch (RuntimeException unforeseen) {
                LOG.error("the night failed for a reason nobody foresaw", unforeseen);
                throw told(
                        ExitCode.INTERNAL,
                        "something unforeseen happened, most likely a defect of this software: " + unforeseen,
                        unforeseen,
                        logFile);
            }
        }
    }

    private NightOutcome underLock(
            Force force, LocalDate businessDate, String runId, Path runFolder, Progress progress, Stopping stopping) {
        String password = Database.password(force.storage(), environment);
        Pseudonyms pseudonyms = Pseudonyms.fromEnvironment(environment);
        try (HikariDataSource dataSource = Database.open(force.storage(), password)) {
            Database.migrate(dataSource);
            try (WarehouseLock lock = WarehouseLock.acquire(dataSource::getConnection, runId)) {
                stopping.releases(lock);
                SparkProcess spark = new SparkProcess(new SparkCommand(lib, environment), password, progress::say);
                spark.guardedBy(lock.token());
                stopping.ends(spark);
                if (lock.predecessor() != null) {
                    progress.say("took the warehouse lock over from run "
                            + lock.predecessor().runId() + ", whose process is gone");
                }
                return recorded(
                        force,
                        businessDate,
                        runId,
                        runFolder,
                        dataSource,
                        password,
                        pseudonyms,
                        spark,
                        progress,
                        stopping.guarding(lock));
            }
        }
    }

    private NightOutcome recorded(
            Force force,
            LocalDate businessDate,
            String runId,
            Path runFolder,
            HikariDataSource dataSource,
            String password,
            Pseudonyms pseudonyms,
            SparkProcess spark,
            Progress progress,
            LockGuard guard) {
        NightLedger ledger = new NightLedger(dataSource, clock);
        ledger.abandonUnfinished().forEach(run -> {
            progress.say("run " + run + " ended without a word; marked as abandoned");
            SparkProcess.discardRunFile(runFolder.resolveSibling(run));
        });
        Releases releases = new Releases(dataSource);
        refuseStepBack(businessDate, ledger.latestBusinessDate());
        NightRecord night = new NightRecord(
                force, businessDate, runId, releases.nextReleaseId(businessDate), runFolder, releases.current());
        ledger.begin(runId, businessDate, night.releaseId());
        try {
            NightOutcome outcome;
            try {
                outcome = new Work(night, dataSource, password, pseudonyms, spark, progress, guard).run();
            } finally {
                released = night.isReleased();
            }
            ledger.end(runId, "released", ExitCode.DONE.code(), null);
            return outcome;
        } catch (NightFailure failed) {
            ledger.end(runId, "failed", failed.exitCode().code(), failed.getMessage());
            throw failed;
        } catch (RuntimeException unforeseen) {
            ledger.end(runId, "failed", ExitCode.INTERNAL.code(), unforeseen.toString());
            throw unforeseen;
        }
    }

    /** One night's use of Spring: started when the lock is held, closed before it is given back. */
    private final class Work {

        private final NightRecord night;
        private final HikariDataSource dataSource;
        private final String password;
        private final Pseudonyms pseudonyms;
        private final SparkProcess spark;
        private final Progress progress;
        private final LockGuard guard;

        Work(
                NightRecord night,
                HikariDataSource dataSource,
                String password,
                Pseudonyms pseudonyms,
                SparkProcess spark,
                Progress progress,
                LockGuard guard) {
            this.night = night;
            this.dataSource = dataSource;
            this.password = password;
            this.pseudonyms = pseudonyms;
            this.spark = spark;
            this.progress = progress;
            this.guard = guard;
        }

        NightOutcome run() {
            long started = System.nanoTime();
            try (WarehouseCatalog catalog = WarehouseCatalog.open(night.force().storage(), password);
                    ConfigurableApplicationContext context = start(catalog)) {
                JobOperator operator = context.getBean(JobOperator.class);
                recover(operator, context.getBean(JobRepository.class));
                night.took("start", (System.nanoTime() - started) / 1_000_000);
                JobExecution execution = start(operator, context.getBean("nightly", Job.class));
                if (execution.getStatus() != BatchStatus.COMPLETED) {
                    throw failure(execution);
                }
                night.took("all", (System.nanoTime() - started) / 1_000_000);
                return night.outcome();
            }
        }

        private ConfigurableApplicationContext start(WarehouseCatalog catalog) {
            return new SpringApplicationBuilder(NightlyApplication.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .properties(Map.of(
                            "spring.batch.job.enabled",
                            "false",
                            "spring.batch.jdbc.initialize-schema",
                            "never",
                            "spring.sql.init.mode",
                            "never"))
                    .initializers((GenericApplicationContext context) -> {
                        context.registerBean(
                                HikariDataSource.class,
                                () -> dataSource,
                                definition -> definition.setDestroyMethodName(""));
                        context.registerBean(
                                WarehouseCatalog.class,
                                () -> catalog,
                                definition -> definition.setDestroyMethodName(""));
                        context.registerBean(Force.class, night::force);
                        context.registerBean(LockGuard.class, () -> guard);
                        context.registerBean(Clock.class, () -> clock);
                        context.registerBean(Pseudonyms.class, () -> pseudonyms);
                        context.registerBean("softwareVersion", String.class, () -> softwareVersion);
                        context.registerBean(NightRecord.class, () -> night);
                        context.registerBean(SparkProcess.class, () -> spark);
                        context.registerBean(Progress.class, () -> progress);
                    })
                    .run();
        }

        /** Closes what processes that were killed left as running: whoever holds the lock knows that none of it runs. */
        private void recover(JobOperator operator, JobRepository repository) {
            for (String job : repository.getJobNames()) {
                for (JobExecution left : repository.findRunningJobExecutions(job)) {
                    operator.recover(left);
                    LOG.info("job {} of an interrupted night was closed: {}", job, left);
                }
            }
        }

        private JobExecution start(JobOperator operator, Job nightly) {
            try {
                return operator.start(
                        nightly,
                        new JobParametersBuilder()
                                .addString("runId", night.runId())
                                .addLocalDate("businessDate", night.businessDate())
                                .toJobParameters());
            } catch (JobExecutionException unstartable) {
                throw new IllegalStateException(
                        "the job of run " + night.runId() + " could not be started", unstartable);
            }
        }

        private RuntimeException failure(JobExecution execution) {
            Throwable first = null;
            for (Throwable failure : execution.getAllFailureExceptions()) {
                for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                    if (cause instanceof NightFailure known) {
                        return known;
                    }
                }
                first = first == null ? failure : first;
            }
            return new IllegalStateException("the job ended as " + execution.getExitStatus(), first);
        }
    }

    private static void refuseStepBack(LocalDate businessDate, @Nullable LocalDate latest) {
        if (latest != null && businessDate.isBefore(latest)) {
            throw new NightFailure(
                    ExitCode.CONFIGURATION,
                    "the warehouse already knows " + latest + ", so a night of " + businessDate
                            + " is refused: what is known on a date never decreases. Run a night of " + latest
                            + " or later");
        }
    }

    private ReportedFailure told(ExitCode exitCode, @Nullable String message, RuntimeException failure, Path log) {
        out.flush();
        err.println("fpw: the night failed (exit code " + exitCode.code() + "): " + message);
        err.println("fpw: "
                + (released
                        ? "the release itself was made and stands"
                        : "no release was made, readers see what they saw before")
                + "; the log is " + log);
        return new ReportedFailure(exitCode, failure);
    }

    private String newRunId(LocalDate businessDate) {
        int random = new SecureRandom().nextInt(0x10000);
        return businessDate + "-" + STAMP.format(clock.instant().atOffset(ZoneOffset.UTC))
                + String.format("-%04x", random);
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new NightFailure(
                    ExitCode.UNAVAILABLE,
                    "the warehouse folder cannot be written: " + failed
                            + "; check force.yml: storage.warehouse, the rights on it, and the room on its disk",
                    failed);
        }
    }
}
