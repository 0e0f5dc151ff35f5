package uk.fpw.nightly.run;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.ingest.SourcePasswords;
import uk.fpw.nightly.run.change.ErasureNotes;
import uk.fpw.nightly.run.change.QuotedFigures;
import uk.fpw.nightly.run.database.Access;
import uk.fpw.nightly.site.Sites;
import uk.fpw.process.RunFiles;
import uk.fpw.publish.Publisher;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.ResultLedger;
import uk.fpw.warehouse.store.load.key.IndexMemoryShares;
import uk.fpw.warehouse.store.lock.LockGuard;

/** One run's use of Spring: started when the lock is held, closed before it is released. */
record BatchJobs(
        Access access,
        Pseudonymiser pseudonymiser,
        RunProcesses processes,
        RunProgress progress,
        LockGuard guard,
        Clock clock,
        String softwareVersion) {

    private static final Logger LOG = LoggerFactory.getLogger(BatchJobs.class);

    /** Does the work of a run; {@code standing} gets what becomes of its release. */
    RunResult run(RunContext run, ReleaseStanding standing) {
        long started = System.nanoTime();
        try (WarehouseCatalog catalog = WarehouseCatalog.open(run.force().storage(), access.password());
                ConfigurableApplicationContext context = start(run, standing, catalog)) {
            JobOperator operator = context.getBean(JobOperator.class);
            recover(operator, context.getBean(JobRepository.class));
            List<MetricsResult.Timing> timings = new ArrayList<>(List.of(StepOutput.timing("start", started)));
            JobExecution execution = start(operator, context.getBean("nightly", Job.class), run);
            RunResult.Loading loading = context.getBean(FeedLoadStep.class).loading();
            try {
                if (execution.getStatus() != BatchStatus.COMPLETED) {
                    throw failure(execution);
                }
                loading.loads().stream()
                        .filter(LoadSummary::isOfThisRun)
                        .forEach(load -> timings.add(new MetricsResult.Timing("feed " + load.feed(), load.millis())));
                return result(run, StepOutput.of(execution), loading, timings, started, context);
            } catch (RuntimeException failed) {
                // the next run will not report them again, since the rows are loaded
                RunSummary.notes(loading.loads()).forEach(progress::report);
                throw failed;
            }
        }
    }

    /** Reads the result from where the steps have left it: their outputs, the result file and the database. */
    private RunResult result(
            RunContext run,
            Map<String, StepOutput> outputs,
            RunResult.Loading loading,
            List<MetricsResult.Timing> timings,
            long startedNanos,
            BeanFactory beans) {
        List<String> laterFailures = new ArrayList<>();
        ReleaseSummary release = null;
        for (StepOutput output : outputs.values()) {
            timings.addAll(output.timings());
            laterFailures.addAll(output.laterFailures());
            if (output.publication() != null) {
                release =
                        beans.getBean(Publisher.class).summary(run.releaseId(), run.resultFile(), output.publication());
                laterFailures.addAll(release.laterFailures());
                laterFailures.addAll(failures(release.figureChanges()));
            }
        }
        QuotedFigures quoted = release == null
                ? QuotedFigures.NONE
                : quoted(run, release.release(), beans.getBean(WarehouseCatalog.class), laterFailures);
        timings.add(StepOutput.timing("all", startedNanos));
        return new RunResult(
                run.force(),
                run.request(),
                run.releaseId(),
                run.log(),
                loading,
                outputs.containsKey("computeCandidate") ? RunFiles.read(run.resultFile(), MetricsResult.class) : null,
                new RunResult.Releasing(
                        release,
                        null,
                        run.previous(),
                        beans.getBean(Acceptances.class).usedOn(run.businessDate()),
                        quoted,
                        pages(outputs.get("makePages")),
                        beans.getBean(ResultLedger.class)
                                .heldRows(run.businessDate().minusDays(1))),
                List.copyOf(timings),
                List.copyOf(laterFailures));
    }

    /** The pages, if the step made them. */
    private RunResult.@Nullable Pages pages(@Nullable StepOutput step) {
        Sites sites = processes.sites();
        return step != null && step.laterFailures().isEmpty() && sites.areMadeByRuns()
                ? new RunResult.Pages(sites.latest(), sites.readers())
                : null;
    }

    private static List<String> failures(@Nullable FigureChangeSummary figures) {
        if (figures == null) {
            return List.of();
        }
        List<String> failures = new ArrayList<>(figures.warnings());
        if (figures.withoutCauseCount() > 0) {
            failures.add(
                    0,
                    figures.withoutCauseCount() + " figures of the past have changed without a known cause; this is "
                            + "probably a bug in the software: keep the folder of this run and report it");
        }
        return failures;
    }

    /** Not a step: its figures are for the summary alone and must not be in the records of a job. */
    private QuotedFigures quoted(
            RunContext run, Release release, WarehouseCatalog catalog, List<String> laterFailures) {
        try {
            return QuotedFigures.find(access.dataSource(), catalog, run.force().facts(), release, run.previous())
                    .withErased(ErasureNotes.summary(
                            new Erasures(access.dataSource()).list(),
                            run.force().zone(),
                            new Releases(access.dataSource())
                                    .list().stream()
                                            .filter(one -> one.name() != null)
                                            .toList()));
        } catch (RuntimeException failed) {
            laterFailures.add(StepOutput.failure(
                    run, "comparing pinned releases and published facts with release " + release.releaseId(), failed));
            return QuotedFigures.NONE;
        }
    }

    private ConfigurableApplicationContext start(RunContext run, ReleaseStanding standing, WarehouseCatalog catalog) {
        return new SpringApplicationBuilder(NightlyApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(Map.of(
                        "spring.batch.jdbc.initialize-schema",
                        "never",
                        // two jobs recorded at the same time would conflict under SERIALIZABLE;
                        // none has the parameters of another
                        "spring.batch.jdbc.isolation-level-for-create",
                        "read_committed"))
                .initializers((GenericApplicationContext context) -> {
                    context.registerBean(
                            HikariDataSource.class,
                            access::dataSource,
                            definition -> definition.setDestroyMethodName(""));
                    context.registerBean(
                            WarehouseCatalog.class, () -> catalog, definition -> definition.setDestroyMethodName(""));
                    context.registerBean(Force.class, run::force);
                    context.registerBean(LockGuard.class, () -> guard);
                    context.registerBean(Clock.class, () -> clock);
                    context.registerBean(Pseudonymiser.class, () -> pseudonymiser);
                    context.registerBean(SourcePasswords.class, access::sourcePasswords);
                    context.registerBean("softwareVersion", String.class, () -> softwareVersion);
                    context.registerBean(RunContext.class, () -> run);
                    context.registerBean(ReleaseStanding.class, () -> standing);
                    context.registerBean(
                            IndexMemoryShares.class, () -> new IndexMemoryShares(FeedLoadStep.threads(run)));
                    context.registerBean(RunProcesses.class, () -> processes);
                    context.registerBean(RunProgress.class, () -> progress);
                })
                .run();
    }

    /**
     * Closes job executions that killed processes left as running: the holder of the lock knows that none of them is
     * active.
     */
    private static void recover(JobOperator operator, JobRepository repository) {
        for (String job : repository.getJobNames()) {
            for (JobExecution left : repository.findRunningJobExecutions(job)) {
                operator.recover(left);
                LOG.info("job {} of an interrupted run was closed: {}", job, left);
            }
        }
    }

    private static JobExecution start(JobOperator operator, Job job, RunContext run) {
        try {
            return operator.start(
                    job,
                    new JobParametersBuilder()
                            .addString("runId", run.runId().value())
                            .addLocalDate("businessDate", run.businessDate())
                            .toJobParameters());
        } catch (JobExecutionException unstartable) {
            throw new IllegalStateException("the job of run " + run.runId() + " could not be started", unstartable);
        }
    }

    private static RuntimeException failure(JobExecution execution) {
        Throwable first = null;
        for (Throwable failure : execution.getAllFailureExceptions()) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof FpwException known) {
                    return known;
                }
            }
            first = first == null ? failure : first;
        }
        return new IllegalStateException("the job ended as " + execution.getExitStatus(), first);
    }
}
