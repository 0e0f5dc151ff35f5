package uk.fpw.nightly.night;

import java.time.Clock;
import java.util.Set;
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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import uk.fpw.ingest.FeedLoader;
import uk.fpw.ingest.file.MissedDeliveries;
import uk.fpw.ingest.file.UnprocessedFiles;
import uk.fpw.publish.Publisher;
import uk.fpw.publish.ReaderFiles;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.ledger.NightLedger;
import uk.fpw.warehouse.load.IndexMemoryShares;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.retention.Retention;

/**
 * The job of a night. Each attempt at a night is a job instance of its own: what was done before is known by the
 * warehouse itself, so that every step can simply be done again. The warehouse lock is held around the job.
 */
@Configuration(proxyBeanMethods = false)
class NightlyJob {

    /**
     * One night, from the sources of a business date to the release that readers see; or the part of it that is asked
     * for.
     */
    @Bean
    Job night(
            JobRepository jobRepository,
            NightRecord night,
            @Qualifier("mendPointer") Step mendPointer,
            @Qualifier("loadFeeds") Step loadFeeds,
            @Qualifier("computeCandidate") Step computeCandidate,
            @Qualifier("releaseCandidate") Step releaseCandidate,
            @Qualifier("keepHouse") Step keepHouse) {
        SimpleJobBuilder job = new JobBuilder("fpw " + night.assignment().task().command(), jobRepository)
                .preventRestart()
                .start(mendPointer);
        return switch (night.assignment().task()) {
            case NIGHT ->
                job.next(loadFeeds)
                        .next(computeCandidate)
                        .next(releaseCandidate)
                        .next(keepHouse)
                        .build();
            case INGEST -> job.next(loadFeeds).build();
            case METRICS -> job.next(computeCandidate).build();
            case RELEASE -> job.next(releaseCandidate).next(keepHouse).build();
        };
    }

    /** A night that died between the flip and the pointer file leaves readers of the file a release behind. */
    @Bean
    Step mendPointer(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            ReaderFiles readers,
            Progress progress) {
        return step("mendPointer", jobRepository, transactions, () -> {
            if (readers.follow()) {
                progress.say("the pointer file lagged behind the release of an interrupted night; mended");
            }
        });
    }

    /** Source files to raw and current, each feed by the job {@code ingestFeed}. */
    @Bean
    Step loadFeeds(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            NightRecord night,
            FeedLoader loader,
            LoadLedger ledger,
            NightLedger nights,
            IndexMemoryShares shares,
            Progress progress) {
        return step("loadFeeds", jobRepository, transactions, () -> {
            Set<String> interrupted = night.assignment().task() == Assignment.Task.NIGHT
                    ? nights.interruptedNights(
                            night.businessDate(), night.force().digest())
                    : Set.of();
            new FeedLoading(night, loader, interrupted, shares.count(), progress).run();
            night.unreadFiles(UnprocessedFiles.describe(night.force(), ledger, night.businessDate()));
            night.deliveries(MissedDeliveries.describe(night.force(), ledger, night.businessDate()));
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
            NightRecord night,
            RunProcesses processes,
            WarehouseCatalog catalog,
            DataSource dataSource,
            LockGuard guard,
            Clock clock,
            Progress progress) {
        return new CandidateComputation(night, processes, catalog, dataSource, guard, clock, progress);
    }

    /** Candidate to release, by the job {@code release}: audit, publish, flip, export. */
    @Bean
    Step releaseCandidate(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            NightRecord night,
            Publisher publisher,
            Pseudonymiser pseudonymiser,
            Progress progress) {
        return step("releaseCandidate", jobRepository, transactions, () -> {
            progress.say("publishing release " + night.releaseId());
            long started = System.nanoTime();
            ReleaseSummary summary = publisher.release(
                    night.candidateRunId(),
                    night.businessDate(),
                    night.releaseId(),
                    night.resultFile(),
                    night.force().needsPseudonymKey() ? pseudonymiser.fingerprint() : null,
                    night.assignment().mayLackFeeds(),
                    night.assignment().isBackfill());
            night.released(summary);
            night.took("release", (System.nanoTime() - started) / 1_000_000);
            progress.say("release " + night.releaseId() + " is what readers see now");
        });
    }

    /**
     * Clears away what no release needs any more. The release stands even if that fails; the next night tries again.
     */
    @Bean
    Step keepHouse(
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            NightRecord night,
            Retention retention) {
        return step("keepHouse", jobRepository, transactions, () -> {
            long started = System.nanoTime();
            retention.apply().forEach(night::troubled);
            night.took("housekeeping", (System.nanoTime() - started) / 1_000_000);
        });
    }

    @Bean
    NightLedger nightLedger(DataSource dataSource, Clock clock) {
        return new NightLedger(dataSource, clock);
    }

    @Bean
    ReaderFiles readerFiles(Force force, WarehouseCatalog catalog, DataSource dataSource, LockGuard guard) {
        return new ReaderFiles(dataSource, catalog, force.storage().warehouse(), guard);
    }

    @Bean
    Retention retention(Force force, WarehouseCatalog catalog, DataSource dataSource, LockGuard guard, Clock clock) {
        return new Retention(force.storage().warehouse(), catalog, dataSource, guard, clock);
    }

    /** A step without a transaction of its own: the work starts other jobs and processes, which have theirs. */
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
