package uk.fpw.publish;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.DefaultJobParametersValidator;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.publish.export.Exports;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.force.ComparisonFingerprint;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.frozen.FrozenRowTable;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.ComparisonDeclarations;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.ReleaseSteps;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.ResultLedger;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.release.AtomicFile;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleasePointer;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;
import uk.fpw.warehouse.store.release.ReleasedBranches;

/**
 * The job {@code release}. The application that imports it starts the job through {@link Publisher} and provides the
 * beans {@link DataSource}, {@link Force}, {@link WarehouseCatalog}, {@link LockGuard}, {@link Clock} and a String
 * named {@code softwareVersion}; Spring Boot configures the rest from the data source.
 *
 * <p>Every step is one database transaction, or one per table or part of a table, and can be repeated: a job that is
 * killed at any point and run again ends with the same tables.
 */
@Configuration(proxyBeanMethods = false)
public class PublishConfiguration {

    /** Key in the job's execution context: why the export failed, a failure that leaves the release valid. */
    static final String EXPORT_FAILURE = "exportFailure";

    private static final Logger LOG = LoggerFactory.getLogger(PublishConfiguration.class);

    private static final String NEXT_MART = "nextMart";

    /**
     * Makes a candidate the current release, or reports why it cannot; the previous release stays current until the
     * switch.
     */
    @Bean
    Job release(
            JobRepository jobRepository,
            Step recordResults,
            Step audit,
            Step publishMarts,
            Step flip,
            Step pointReaders,
            Step export) {
        return new JobBuilder("release", jobRepository)
                .validator(new DefaultJobParametersValidator(
                        ReleaseRequest.REQUIRED_PARAMETERS, ReleaseRequest.OPTIONAL_PARAMETERS))
                .start(recordResults)
                .next(audit)
                .next(publishMarts)
                .next(flip)
                .next(pointReaders)
                .next(export)
                .build();
    }

    /** Records counts and test results in {@code ops}: in a step of its own, so that they survive a failed audit. */
    @Bean
    Step recordResults(StepFactory steps, ResultLedger results, CandidateChanges changes) {
        return steps.transactional("recordResults", (contribution, step) -> {
            ReleaseCandidate candidate = ReleaseCandidate.of(step);
            results.record(candidate.runId(), candidate.result());
            results.add(
                    candidate.runId(),
                    changes.of(candidate).stream()
                            .map(ReleaseLimits.Verdict::asResult)
                            .toList());
            return RepeatStatus.FINISHED;
        });
    }

    /** Decides whether the candidate may be released; a failure lists every reason. */
    @Bean
    Step audit(
            StepFactory steps,
            ResultLedger results,
            Releases releases,
            CandidateChanges changes,
            ReleaseTables tables,
            Force force) {
        ReleaseGate gate = new ReleaseGate(force, tables.models());
        return steps.transactional("audit", (contribution, step) -> {
            ReleaseCandidate candidate = ReleaseCandidate.of(step);
            gate.pass(candidate, results.loads(candidate.businessDate()), releases.current(), changes.of(candidate));
            return RepeatStatus.FINISHED;
        });
    }

    /**
     * Copies the marts into {@code mart_rows}: one transaction per mart, or per part of a mart in the embedded
     * database. Readers do not see the rows until the release is current.
     */
    @Bean
    Step publishMarts(
            StepFactory steps, MartRows martRows, ReleaseTables tables, ReleaseSnapshots snapshots, LockGuard lock) {
        List<Model> marts = tables.marts();
        return steps.transactional("publishMarts", (contribution, step) -> {
            ReleaseCandidate candidate = ReleaseCandidate.of(step);
            ExecutionContext progress = step.getStepContext().getStepExecution().getExecutionContext();
            int next = progress.getInt(NEXT_MART, 0);
            Release.Table version = candidate.table(marts.get(next).table());
            long rows = martRows.replace(
                    marts.get(next), candidate.releaseId(), snapshots.ownRows(candidate.releaseId(), version));
            if (rows != candidate.ownCount(version.name())) {
                throw new IllegalStateException(version.name() + ", snapshot " + version.snapshotId() + ": " + rows
                        + " rows were published, but the candidate has " + candidate.ownCount(version.name()));
            }
            contribution.incrementWriteCount(rows);
            lock.check();
            progress.putInt(NEXT_MART, next + 1);
            return RepeatStatus.continueIf(next + 1 < marts.size());
        });
    }

    /**
     * The moment of release. The file for readers is on disk before one transaction records the release and moves
     * {@code ops.current_release}.
     */
    @Bean
    Step flip(
            StepFactory steps,
            JdbcTemplate jdbc,
            ReleaseDescription description,
            Releases releases,
            Force force,
            LockGuard lock,
            Clock clock) {
        return steps.transactional("flip", (contribution, step) -> {
            ReleaseCandidate candidate = ReleaseCandidate.of(step);
            // The release exists if the process died after the commit and the step is repeated: keep its time.
            Release made = releases.find(candidate.releaseId());
            Release release = description.release(
                    candidate, made == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : made.releasedAt());
            ReleaseFiles.write(force.storage().warehouse(), description.file(release));
            jdbc.execute((ConnectionCallback<ReleaseId>) (Connection connection) -> {
                lock.check(connection);
                Releases.flip(connection, release);
                QueueDefinitions.record(connection, release, QueueFingerprint.of(force));
                ComparisonDeclarations.record(connection, release, ComparisonFingerprint.of(force));
                ReleaseSteps.record(
                        connection, release.releaseId(), candidate.result().figureChanges());
                return release.releaseId();
            });
            return RepeatStatus.FINISHED;
        });
    }

    /**
     * Points readers without a database to the release. A run that has lost the lock must not: it would point them
     * back to its own.
     */
    @Bean
    Step pointReaders(
            StepFactory steps,
            Releases releases,
            ReleaseSnapshots snapshots,
            WarehouseCatalog catalog,
            Force force,
            LockGuard lock) {
        ReleasedBranches branches = new ReleasedBranches(catalog, lock);
        return steps.withoutTransaction("pointReaders", (contribution, step) -> {
            lock.check();
            releases.sync();
            ReleaseId released = ReleaseCandidate.of(step).releaseId();
            branches.follow(releases.find(released));
            ReleasePointer.set(force.storage().warehouse(), released);
            AtomicFile.write(
                    new WarehouseFolder(force.storage().warehouse()).feedHistory(),
                    FeedVersionFiles.of(released, force, catalog, snapshots).toJson());
            return RepeatStatus.FINISHED;
        });
    }

    /** Writes plain Parquet. A failure does not affect the release; {@link Publisher#export} repeats it. */
    @Bean
    Step export(StepFactory steps, Exports exports, ReleaseDescription description, LockGuard lock, Clock clock) {
        return steps.withoutTransaction("export", (contribution, step) -> {
            ReleaseCandidate candidate = ReleaseCandidate.of(step);
            attempt(
                    EXPORT_FAILURE,
                    exports.warehouse(),
                    step.getStepContext().getStepExecution().getJobExecution().getExecutionContext(),
                    () -> {
                        exports.write(description.release(candidate, clock.instant()), exports.pointed());
                        lock.check();
                        exports.pointAt(candidate.releaseId());
                    });
            return RepeatStatus.FINISHED;
        });
    }

    @Bean
    StepFactory stepFactory(JobRepository jobRepository, PlatformTransactionManager transactions) {
        return new StepFactory(jobRepository, transactions);
    }

    @Bean
    ReleaseJob releaseJob(
            JobOperator jobOperator,
            JobRepository jobRepository,
            PlatformTransactionManager transactions,
            @Qualifier("release") Job release) {
        return new ReleaseJob(jobOperator, jobRepository, transactions, release);
    }

    @Bean
    Publisher publisher(ReleaseJob job, Releases releases, Exports exports, ResultLedger results, Force force) {
        return new Publisher(job, releases, exports, results, force.storage().warehouse());
    }

    @Bean
    PublishedCopies publishedCopies(
            Releases releases, MartRows martRows, ReleaseTables tables, Exports exports, LockGuard lock) {
        return new PublishedCopies(releases, martRows, tables, exports, lock);
    }

    @Bean
    CandidateChanges changes(Force force, Releases releases, DataSource dataSource, Acceptances acceptances) {
        return new CandidateChanges(
                force, releases, new QueueDefinitions(dataSource), new WithdrawnReleases(dataSource), acceptances);
    }

    @Bean
    Releases releases(DataSource dataSource) {
        return new Releases(dataSource);
    }

    @Bean
    Acceptances acceptances(DataSource dataSource, Clock clock) {
        return new Acceptances(dataSource, clock);
    }

    @Bean
    ResultLedger results(DataSource dataSource) {
        return new ResultLedger(dataSource);
    }

    @Bean
    MartRows martRows(DataSource dataSource, LockGuard lock) {
        return new MartRows(new JdbcTemplate(dataSource), lock);
    }

    @Bean
    ReleaseSnapshots snapshots(WarehouseCatalog catalog) {
        return new ReleaseSnapshots(catalog);
    }

    @Bean
    ReleaseTables releaseTables() {
        return new ReleaseTables(Models.all());
    }

    @Bean
    ReleaseDescription description(
            Force force,
            ReleaseTables tables,
            ReleaseSnapshots snapshots,
            ResultLedger results,
            Acceptances acceptances,
            DataSource dataSource,
            WarehouseCatalog catalog,
            @Qualifier("softwareVersion") String softwareVersion) {
        return new ReleaseDescription(
                force,
                tables.models(),
                snapshots,
                acceptances,
                new ReleaseDescription.Ledgers(results, new RetentionLedger(dataSource)),
                softwareVersion,
                new FrozenRowTable(catalog));
    }

    @Bean
    Exports exports(Force force, ReleaseTables tables, ReleaseSnapshots snapshots) {
        return new Exports(force.storage().warehouse(), tables.marts(), snapshots);
    }

    private static void attempt(String failureKey, Path warehouse, ExecutionContext notes, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            LOG.warn("the release is current, but {}", failureKey, failed);
            notes.putString(failureKey, Exhaustion.describe(failed, warehouse));
        }
    }
}
