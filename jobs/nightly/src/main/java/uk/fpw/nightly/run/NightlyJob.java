package uk.fpw.nightly.run;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import uk.fpw.ingest.FeedLoader;
import uk.fpw.nightly.run.database.BatchRecords;
import uk.fpw.publish.PublishedCopies;
import uk.fpw.publish.Publisher;
import uk.fpw.publish.ReaderFiles;
import uk.fpw.publish.ReleaseRequest;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.key.IndexMemoryShares;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.retention.Retention;
import uk.fpw.warehouse.store.retention.RetentionRules;

/**
 * The job of a run. Each attempt is a job instance of its own and is never restarted: the warehouse itself records what
 * was done before, so every step can simply be repeated. The warehouse lock is held around the job.
 *
 * <p>A step gets what is known before the job, the {@link RunContext}, as a bean: the application is started for one
 * run, so nothing is bound late to job parameters. It leaves a {@link StepOutput} in its execution context.
 *
 * <p>The jobs {@code ingestFeed} and {@code release} are started by {@link FeedLoader} and {@link Publisher} instead of
 * a {@code JobStep}. That would drop the exception of the job, which decides the exit code and the message of the run;
 * it would not return anything from the job's context, and it would fail if an earlier attempt had completed the job.
 * Feeds are not partitions either: the outstanding dates of a feed are known only when it is its turn, feeds of one
 * source are loaded one after the other, and a run can continue without the feeds that failed but must say why.
 */
@Configuration(proxyBeanMethods = false)
class NightlyJob {

    /**
     * One nightly run, from the sources of a business date to the current release; or the requested
     * part of it.
     */
    @Bean
    Job nightly(
            JobRepository jobRepository,
            RunContext run,
            Step repairPointer,
            Step loadFeeds,
            Step computeCandidate,
            Step releaseCandidate,
            Step applyRetention,
            Step makePages) {
        SimpleJobBuilder job = new JobBuilder("fpw " + run.request().task().command(), jobRepository)
                .preventRestart()
                .start(repairPointer);
        return switch (run.request().task()) {
            case NIGHTLY ->
                job.next(loadFeeds)
                        .next(computeCandidate)
                        .next(releaseCandidate)
                        .next(applyRetention)
                        .next(makePages)
                        .build();
            case INGEST -> job.next(loadFeeds).build();
            case METRICS -> job.next(computeCandidate).build();
            case RELEASE ->
                job.next(releaseCandidate).next(applyRetention).next(makePages).build();
        };
    }

    /** A run that died between the switch and the pointer file leaves the file one release behind. */
    @Bean
    Step repairPointer(
            JobRepository jobRepository,
            RunContext run,
            ReaderFiles readers,
            RunProcesses processes,
            RunProgress progress) {
        return step("repairPointer", jobRepository, () -> {
            followReaders(readers, progress);
            // those of the current release are made by the last step: nothing waits for them before
            return StepOutput.of(
                    List.of(), attempt(run, "hiding pages that nobody may read any more", processes.sites()::withhold));
        });
    }

    /** Lets what readers without a database see follow the current release. */
    static void followReaders(ReaderFiles readers, RunProgress progress) {
        if (readers.follow()) {
            progress.report("the pointer file was behind the release of an interrupted run; corrected");
        }
    }

    /** Source files to raw and current, each by the job {@code ingestFeed}. */
    @Bean
    Step loadFeeds(JobRepository jobRepository, FeedLoadStep feeds) {
        return step("loadFeeds", jobRepository, feeds::run);
    }

    @Bean
    FeedLoadStep feeds(
            RunContext run,
            FeedLoader loader,
            LoadLedger ledger,
            RunLedger runs,
            IndexMemoryShares shares,
            RunProgress progress) {
        return new FeedLoadStep(run, loader, ledger, runs, shares.count(), progress);
    }

    /** Current to core to mart, in the Spark process; then the audit process. The candidate is described in a file. */
    @Bean
    Step computeCandidate(JobRepository jobRepository, CandidateComputation computation) {
        return step("computeCandidate", jobRepository, () -> StepOutput.of(computation.computeAndAudit(), List.of()));
    }

    @Bean
    CandidateComputation candidateComputation(
            RunContext run,
            RunProcesses processes,
            WarehouseCatalog catalog,
            DataSource dataSource,
            LockGuard guard,
            Clock clock,
            RunProgress progress,
            @Qualifier("softwareVersion") String softwareVersion) {
        return new CandidateComputation(run, processes, catalog, dataSource, guard, clock, progress, softwareVersion);
    }

    /** Candidate to release, by the job {@code release}: audit, publish, switch, export. */
    @Bean
    Step releaseCandidate(
            JobRepository jobRepository,
            RunContext run,
            ReleaseStanding standing,
            Publisher publisher,
            Pseudonymiser pseudonymiser,
            RunProgress progress) {
        return step("releaseCandidate", jobRepository, () -> {
            progress.report("comparing candidate " + run.releaseId() + " with the limits of a release");
            long started = System.nanoTime();
            standing.switching(run.releaseId());
            Publisher.Publication publication = publisher.release(new ReleaseRequest(
                    run.candidateRunId(),
                    run.businessDate(),
                    run.releaseId(),
                    run.resultFile(),
                    run.force().needsPseudonymKey() ? pseudonymiser.fingerprint() : null,
                    run.request().allowsMissingFeeds(),
                    run.request().isBackfill()));
            standing.switched();
            progress.report("release " + run.releaseId() + " is the current release now");
            return new StepOutput(publication, List.of(StepOutput.timing("release", started)), List.of());
        });
    }

    /**
     * Deletes what no release needs any more. The release is not affected if this fails; the next run tries again.
     */
    @Bean
    Step applyRetention(
            JobRepository jobRepository, Retention retention, PublishedCopies publishedCopies, Clock clock) {
        return step("applyRetention", jobRepository, () -> {
            long started = System.nanoTime();
            Map<String, Runnable> others = new LinkedHashMap<>();
            others.put("published rows and exports of old releases", publishedCopies::deleteExpired);
            others.put(
                    "old records of jobs",
                    () -> BatchRecords.deleteBefore(
                            jobRepository, clock.instant().minus(RetentionRules.QUERYABLE)));
            List<String> failures = retention.apply(others);
            return StepOutput.of(List.of(StepOutput.timing("retention", started)), failures);
        });
    }

    /** The last step: the pages of the release. Readers see the earlier ones until these are complete. */
    @Bean
    Step makePages(JobRepository jobRepository, RunContext run, RunProcesses processes) {
        return step("makePages", jobRepository, () -> {
            long started = System.nanoTime();
            List<String> failures = processes.sites().areMadeByRuns()
                    ? attempt(
                            run,
                            "the pages of release " + run.releaseId()
                                    + " (until fpw report, readers have earlier ones)",
                            processes.sites()::renew)
                    : List.of();
            return StepOutput.of(List.of(StepOutput.timing("pages", started)), failures);
        });
    }

    /** Work that no release depends on: what failed is returned, and the next run repeats it. */
    private static List<String> attempt(RunContext run, String what, Runnable work) {
        try {
            work.run();
            return List.of();
        } catch (RuntimeException failed) {
            return List.of(StepOutput.failure(run, what, failed));
        }
    }

    @Bean
    RunLedger runLedger(DataSource dataSource, Clock clock) {
        return new RunLedger(dataSource, clock);
    }

    @Bean
    ReaderFiles readerFiles(Force force, WarehouseCatalog catalog, DataSource dataSource, LockGuard guard) {
        return new ReaderFiles(dataSource, catalog, force.storage().warehouse(), guard);
    }

    @Bean
    Retention retention(Force force, WarehouseCatalog catalog, DataSource dataSource, LockGuard guard, Clock clock) {
        return new Retention(force.storage().warehouse(), catalog, dataSource, guard, clock);
    }

    /** A step without its own transaction: the work starts other jobs and processes, which have their own. */
    private static Step step(String name, JobRepository jobRepository, Supplier<StepOutput> work) {
        return new StepBuilder(name, jobRepository)
                .tasklet((contribution, context) -> {
                    work.get().write(contribution.getStepExecution().getExecutionContext());
                    return RepeatStatus.FINISHED;
                })
                .transactionAttribute(new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED))
                .build();
    }
}
