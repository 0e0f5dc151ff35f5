package uk.fpw.nightly.run;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.Map;
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
import uk.fpw.ingest.SourcePasswords;
import uk.fpw.nightly.run.database.Access;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.key.IndexMemoryShares;
import uk.fpw.warehouse.store.lock.LockGuard;

/** One run's use of Spring: started when the lock is held, closed before it is released. */
final class BatchJobs {

    private static final Logger LOG = LoggerFactory.getLogger(BatchJobs.class);

    private final Access access;
    private final Pseudonymiser pseudonymiser;
    private final RunProcesses processes;
    private final RunProgress progress;
    private final LockGuard guard;
    private final Clock clock;
    private final String softwareVersion;

    BatchJobs(
            Access access,
            Pseudonymiser pseudonymiser,
            RunProcesses processes,
            RunProgress progress,
            LockGuard guard,
            Clock clock,
            String softwareVersion) {
        this.access = access;
        this.pseudonymiser = pseudonymiser;
        this.processes = processes;
        this.progress = progress;
        this.guard = guard;
        this.clock = clock;
        this.softwareVersion = softwareVersion;
    }

    /** Does the work of the run; the results are in the record. */
    void run(RunContext run) {
        long started = System.nanoTime();
        try (WarehouseCatalog catalog = WarehouseCatalog.open(run.force().storage(), access.password());
                ConfigurableApplicationContext context = start(run, catalog)) {
            JobOperator operator = context.getBean(JobOperator.class);
            recover(operator, context.getBean(JobRepository.class));
            run.recordTiming("start", (System.nanoTime() - started) / 1_000_000);
            JobExecution execution = start(operator, context.getBean("nightly", Job.class), run);
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                throw failure(execution);
            }
            run.recordTiming("all", (System.nanoTime() - started) / 1_000_000);
        }
    }

    private ConfigurableApplicationContext start(RunContext run, WarehouseCatalog catalog) {
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
