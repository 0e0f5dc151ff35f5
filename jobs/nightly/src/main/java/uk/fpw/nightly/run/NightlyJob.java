package uk.fpw.nightly.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import uk.fpw.ingest.FeedLoader;
import uk.fpw.ingest.file.MissedDeliveries;
import uk.fpw.ingest.file.UnprocessedFiles;
import uk.fpw.layout.RunId;
import uk.fpw.nightly.run.change.QuotedFigures;
import uk.fpw.nightly.run.database.BatchRecords;
import uk.fpw.publish.PublishedCopies;
import uk.fpw.publish.Publisher;
import uk.fpw.publish.ReaderFiles;
import uk.fpw.publish.ReleaseRequest;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ResultLedger;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.key.IndexMemoryShares;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.retention.Retention;
import uk.fpw.warehouse.store.retention.RetentionRules;

/**
 * The job of a run. Each attempt is a separate job instance: the warehouse itself records what was
 * done before, so that every step can simply be repeated. The warehouse lock is held around the job.
 */
@Configuration(proxyBeanMethods = false)
class NightlyJob {

    private static final Logger LOG = LoggerFactory.getLogger(NightlyJob.class);

    /**
     * One nightly run, from the sources of a business date to the current release; or the requested
     * part of it.
     */
    @Bean
    Job nightly(
            JobRepository jobRepository,
            RunContext run,
            @Qualifier("repairPointer") Step repairPointer,
            @Qualifier("loadFeeds") Step loadFeeds,
            @Qualifier("computeCandidate") Step computeCandidate,
            @Qualifier("releaseCandidate") Step releaseCandidate,
            @Qualifier("applyRetention") Step applyRetention,
            @Qualifier("compareQuotedFigures") Step compareQuotedFigures,
            @Qualifier("makePages") Step makePages) {
        SimpleJobBuilder job = new JobBuilder("fpw " + run.request().task().command(), jobRepository)
                .preventRestart()
                .start(repairPointer);
        return switch (run.request().task()) {
            case NIGHTLY ->
                job.next(loadFeeds)
                        .next(computeCandidate)
                        .next(releaseCandidate)
                        .next(applyRetention)
                        .next(compareQuotedFigures)
                        .next(makePages)
                        .build();
            case INGEST -> job.next(loadFeeds).build();
            case METRICS -> job.next(computeCandidate).build();
            case RELEASE ->
                job.next(releaseCandidate)
                        .next(applyRetention)
                        .next(compareQuotedFigures)
                        .next(makePages)
                        .build();
        };
    }

    /** A run that died between the switch and the pointer file leaves the file one release behind. */
    @Bean
    Step repairPointer(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            RunContext run,
            ReaderFiles readers,
            RunProcesses processes,
            DataSource dataSource,
            RunProgress progress) {
        return step("repairPointer", jobRepository, transactions, () -> {
            run.heldBefore(
                    new ResultLedger(dataSource).heldRows(run.businessDate().minusDays(1)));
            followReaders(readers, progress);
            // those of the current release are made by the last step: nothing waits for them before
            afterRelease(run, "hiding the pages of a withdrawn release", processes.sites()::hideWithdrawn);
        });
    }

    /** Lets what readers without a database see follow the current release. */
    static void followReaders(ReaderFiles readers, RunProgress progress) {
        if (readers.follow()) {
            progress.report("the pointer file was behind the release of an interrupted run; corrected");
        }
    }

    /** Source files to raw and current, each feed by the job {@code ingestFeed}. */
    @Bean
    Step loadFeeds(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            RunContext run,
            FeedLoader loader,
            LoadLedger ledger,
            RunLedger runs,
            IndexMemoryShares shares,
            RunProgress progress) {
        return step("loadFeeds", jobRepository, transactions, () -> {
            Set<RunId> interrupted = run.request().task() == RunRequest.Task.NIGHTLY
                    ? runs.interruptedRuns(run.businessDate(), run.force().digest())
                    : Set.of();
            new FeedLoadStep(run, loader, interrupted, shares.count(), progress).run();
            run.unreadFiles(UnprocessedFiles.describe(run.force(), ledger, run.businessDate()));
            run.deliveries(MissedDeliveries.describe(run.force(), ledger, run.businessDate()));
        });
    }

    /**
     * Current to core to mart, in the Spark process; then the audit process. What the run has of a candidate before is
     * no candidate: it has no digests.
     */
    @Bean
    Step computeCandidate(
            JobRepository jobRepository, PlatformTransactionManager transactions, CandidateComputation computation) {
        return step("computeCandidate", jobRepository, transactions, computation::run);
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
            PlatformTransactionManager transactions,
            RunContext run,
            Publisher publisher,
            Pseudonymiser pseudonymiser,
            RunProgress progress) {
        return step("releaseCandidate", jobRepository, transactions, () -> {
            progress.report("publishing release " + run.releaseId());
            long started = System.nanoTime();
            run.standing().switching(run.releaseId());
            ReleaseSummary summary = publisher.release(new ReleaseRequest(
                    run.candidateRunId(),
                    run.businessDate(),
                    run.releaseId(),
                    run.resultFile(),
                    run.force().needsPseudonymKey() ? pseudonymiser.fingerprint() : null,
                    run.request().allowsMissingFeeds(),
                    run.request().isBackfill()));
            run.released(summary);
            run.recordTiming("release", (System.nanoTime() - started) / 1_000_000);
            progress.report("release " + run.releaseId() + " is the current release now");
        });
    }

    /**
     * Deletes what no release needs any more. The release is not affected if this fails; the next run tries again.
     */
    @Bean
    Step applyRetention(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            RunContext run,
            Retention retention,
            PublishedCopies publishedCopies,
            Clock clock) {
        return step("applyRetention", jobRepository, transactions, () -> {
            long started = System.nanoTime();
            Map<String, Runnable> others = new LinkedHashMap<>();
            others.put("published rows and exports of old releases", publishedCopies::deleteExpired);
            others.put(
                    "old records of jobs",
                    () -> BatchRecords.deleteBefore(
                            jobRepository, clock.instant().minus(RetentionRules.QUERYABLE)));
            retention.apply(others).forEach(run::recordLaterFailure);
            run.recordTiming("retention", (System.nanoTime() - started) / 1_000_000);
        });
    }

    /** The release stands, whatever comes of it. */
    @Bean
    Step compareQuotedFigures(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            RunContext run,
            WarehouseCatalog catalog,
            DataSource dataSource) {
        return step("compareQuotedFigures", jobRepository, transactions, () -> {
            Release release = run.newRelease();
            if (release != null) {
                afterRelease(
                        run,
                        "comparing pinned releases and published facts with release " + release.releaseId(),
                        () -> run.quoted(QuotedFigures.find(
                                dataSource, catalog, run.force().facts(), release, run.previous())));
            }
        });
    }

    /** The last step: the pages of the release. Readers see the earlier ones until these are complete. */
    @Bean
    Step makePages(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            RunContext run,
            RunProcesses processes) {
        return step("makePages", jobRepository, transactions, () -> {
            long started = System.nanoTime();
            if (run.newRelease() != null && processes.sites().areMadeByRuns()) {
                run.pagesBehind(!afterRelease(
                        run,
                        "the pages of release " + run.releaseId() + " (until fpw report, readers have earlier ones)",
                        processes.sites()::renew));
            }
            run.recordTiming("pages", (System.nanoTime() - started) / 1_000_000);
        });
    }

    /** Work that no release depends on: a failure is reported, and the next run repeats it. Whether it was done. */
    private static boolean afterRelease(RunContext run, String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException failed) {
            LOG.warn("{} failed", what, failed);
            Path warehouse = run.force().storage().warehouse();
            run.recordLaterFailure(what + " failed: " + Exhaustion.describe(failed, warehouse));
            return false;
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
    private static Step step(
            String name, JobRepository jobRepository, PlatformTransactionManager transactions, Runnable work) {
        return new StepBuilder(name, jobRepository)
                .tasklet(
                        (contribution, context) -> {
                            work.run();
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .transactionAttribute(new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED))
                .build();
    }
}
