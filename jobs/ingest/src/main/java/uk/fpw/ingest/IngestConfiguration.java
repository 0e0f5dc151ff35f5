package uk.fpw.ingest;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.JobScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.DefaultJobParametersValidator;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import uk.fpw.ingest.database.DatabaseSource;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.LoadServices;
import uk.fpw.ingest.extract.ParallelTasks;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.force.ColumnsInUse;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.ChangeLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.IndexMemoryShares;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Configures the job {@code ingestFeed}. To be imported by an application with beans for DataSource, JobRepository,
 * JobOperator, {@link Force}, {@link WarehouseCatalog}, {@link LockGuard}, Clock, {@link Pseudonymiser} and
 * {@link SourcePasswords}, and for {@link IndexMemoryShares} if it loads several feeds in parallel. Provides a
 * {@link FeedLoader}.
 */
@Configuration(proxyBeanMethods = false)
public class IngestConfiguration {

    /**
     * Loads one feed: new and changed rows are committed to {@code raw} and merged into {@code current}; refused rows
     * are kept with their reason.
     */
    @Bean
    Job ingestFeed(
            JobRepository jobRepository,
            LoadAttempt attempt,
            @Qualifier("prepareFeed") Step prepare,
            @Qualifier("extractFeed") Step extract,
            @Qualifier("compareFeed") Step compare,
            @Qualifier("reconcileFeed") Step reconcile,
            @Qualifier("commitFeed") Step commit) {
        return new JobBuilder("ingestFeed", jobRepository)
                .validator(new DefaultJobParametersValidator(
                        new String[] {"feed", "businessDate", "runId", "loadId"}, new String[0]))
                .preventRestart()
                .listener(new FailureListener(attempt))
                .start(prepare)
                .next(extract)
                .next(compare)
                .next(reconcile)
                .next(commit)
                .build();
    }

    /** Recovers from an interrupted run, and checks everything that can be checked before reading. */
    @Bean
    Step prepareFeed(JobRepository jobRepository, LoadAttempt attempt) {
        return step("prepare", jobRepository, attempt::prepare);
    }

    /** Reads the source row by row; each row is readable or refused. */
    @Bean
    Step extractFeed(JobRepository jobRepository, LoadAttempt attempt) {
        return step("extract", jobRepository, attempt::extract);
    }

    /** Compares the extract with the current rows, and writes new versions to data files that are not visible yet. */
    @Bean
    Step compareFeed(JobRepository jobRepository, LoadAttempt attempt) {
        return step("compare", jobRepository, attempt::compare);
    }

    /** Accounts for every row and enforces the feed's limits. */
    @Bean
    Step reconcileFeed(JobRepository jobRepository, LoadAttempt attempt) {
        return step("reconcile", jobRepository, attempt::reconcile);
    }

    /** Makes the load visible in raw, current and ops. */
    @Bean
    Step commitFeed(JobRepository jobRepository, LoadAttempt attempt) {
        return new StepBuilder("commit", jobRepository)
                .tasklet((contribution, context) -> {
                    LoadCounts counts = attempt.commit();
                    StepExecution execution = context.getStepContext().getStepExecution();
                    LoadResult.put(execution.getJobExecution().getExecutionContext(), counts, attempt.note());
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    /** The state of the current attempt; closed at the end of the job. */
    @Bean
    @JobScope
    LoadAttempt loadAttempt(
            @Value("#{jobExecution}") JobExecution execution,
            Force force,
            SourcePasswords passwords,
            LoadServices services,
            ObjectProvider<IndexMemory.Limit> memory,
            ObjectProvider<IndexMemoryShares> shares) {
        JobParameters parameters = execution.getJobParameters();
        Feed feed = force.feed(text(parameters, "feed"));
        LocalDate sourceDate = date(parameters, "sourceDate");
        RowSource source = source(force, feed, sourceDate, passwords);
        return new LoadAttempt(new LoadContext(
                source,
                sourceDate,
                date(parameters, "businessDate"),
                RunId.of(text(parameters, "runId")),
                text(parameters, "loadId"),
                new IndexMemory(
                        feed.name(),
                        memory.getIfAvailable(IndexMemory.Limit::ofThisProcess),
                        shares.getIfAvailable(() -> new IndexMemoryShares(1))),
                ColumnsInUse.of(force, source.feed()),
                services));
    }

    private static String text(JobParameters parameters, String name) {
        return Objects.requireNonNull(parameters.getString(name), name);
    }

    private static LocalDate date(JobParameters parameters, String name) {
        return Objects.requireNonNull(parameters.getLocalDate(name), name);
    }

    /** The services that all loads use. */
    @Bean
    LoadServices loadServices(
            WarehouseCatalog catalog,
            LoadLedger ledger,
            LockGuard guard,
            Clock clock,
            Pseudonymiser pseudonymiser,
            DataSource dataSource,
            ObjectProvider<ParallelTasks.Limit> sideBySide) {
        return new LoadServices(
                catalog,
                ledger,
                new ChangeLedger(dataSource),
                new Acceptances(dataSource, clock),
                guard,
                clock,
                pseudonymiser,
                sideBySide.getIfAvailable(() -> ParallelTasks.Limit.USUAL));
    }

    private static RowSource source(Force force, Feed feed, LocalDate sourceDate, SourcePasswords passwords) {
        return force.connection(feed.connection()) instanceof SourceConnection.Database database
                ? new DatabaseSource(feed, database, passwords.of(database), sourceDate, force.zone())
                : FeedFile.of(force, feed, sourceDate);
    }

    /** Stores loads and refusals in {@code ops}. */
    @Bean
    LoadLedger loadLedger(DataSource dataSource, Clock clock) {
        return new LoadLedger(dataSource, clock);
    }

    /** The entry point for the application. */
    @Bean
    FeedLoader feedLoader(
            JobOperator jobOperator, @Qualifier("ingestFeed") Job ingestFeed, Force force, LoadServices services) {
        return new FeedLoader(jobOperator, ingestFeed, force, services);
    }

    private static Step step(String name, JobRepository jobRepository, Runnable work) {
        return new StepBuilder(name, jobRepository)
                .tasklet((contribution, context) -> {
                    work.run();
                    return RepeatStatus.FINISHED;
                })
                .build();
    }
}
