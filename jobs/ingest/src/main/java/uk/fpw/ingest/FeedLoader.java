package uk.fpw.ingest;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import uk.fpw.ingest.extract.LoadServices;
import uk.fpw.ingest.file.ChangedFiles;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.file.OutstandingFiles;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.feed.LatestLoads.CompletedLoad;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.ledger.feed.ProcessedFiles;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.recovery.LoadRecovery;

/**
 * Loads feeds with the job {@code ingestFeed}, in the thread of the caller, who holds the warehouse lock. Several
 * threads may load different feeds in parallel.
 */
public final class FeedLoader {

    private static final Logger LOG = LoggerFactory.getLogger(FeedLoader.class);

    private final JobOperator jobOperator;
    private final Job ingestFeed;
    private final Force force;
    private final WarehouseCatalog catalog;
    private final LoadLedger ledger;
    private final LockGuard guard;
    private final Clock clock;
    private final Pseudonymiser pseudonymiser;

    FeedLoader(JobOperator jobOperator, Job ingestFeed, Force force, LoadServices services) {
        this.jobOperator = jobOperator;
        this.ingestFeed = ingestFeed;
        this.force = force;
        this.catalog = services.catalog();
        this.ledger = services.ledger();
        this.guard = services.guard();
        this.clock = services.clock();
        this.pseudonymiser = services.pseudonymiser();
    }

    /**
     * What to load of a feed for a business date, including files that have changed since they were read. For databases
     * and undated files, this is only the business date. Recovers the loads of an interrupted run first. A missing file
     * is recorded, so that the business date counts as attempted.
     *
     * @throws FpwException with {@code CONFIGURATION} if there is no such feed
     */
    public OutstandingFiles outstanding(String feed, LocalDate businessDate, RunId runId) {
        requireFeed(feed);
        Feed definition = force.feed(feed);
        if (OutstandingFiles.areIdentifiedByDate(definition, businessDate)) {
            new LoadRecovery(ledger).recover(RawTable.open(catalog, definition, guard));
        }
        OutstandingFiles outstanding = OutstandingFiles.of(businessDate, force, definition, ledger.sourceDates(feed));
        if (outstanding.missing() != null) {
            recordMissingFile(
                    definition,
                    businessDate,
                    runId,
                    String.valueOf(outstanding.missing().failure().getMessage()));
        }
        List<LocalDate> dates =
                new ChangedFiles(force, definition, ledger.processedFiles()).addTo(outstanding.dates(), businessDate);
        return new OutstandingFiles(dates, outstanding.missing());
    }

    /**
     * The load of a date completed by one of these interrupted runs, if a run that resumes them need not repeat it: it
     * must be the latest of its date, and its file must be unchanged. For a database, the state read at that time
     * remains valid.
     *
     * @return null if the date must be loaded
     */
    public @Nullable LoadSummary completed(
            String feed, LocalDate sourceDate, LocalDate businessDate, Collection<RunId> runs) {
        CompletedLoad load = runs.isEmpty() ? null : ledger.latestLoads().of(feed, sourceDate, businessDate);
        if (load == null || load.runId() == null || !runs.contains(load.runId())) {
            return null;
        }
        Feed definition = force.feed(feed);
        boolean isSameFile = definition.droppedFile() == null
                || (load.file() != null && load.file().equals(file(definition, sourceDate)));
        return isSameFile && hasSameKey(definition)
                ? LoadSummary.ofInterrupted(feed, load.loadId(), load.counts(), load.note())
                : null;
    }

    /** Whether the pseudonym key of this run matches the loaded rows; logs if it does not. */
    private boolean hasSameKey(Feed feed) {
        if (!feed.pseudonymises()) {
            return true;
        }
        Load last = RawTable.open(catalog, feed, guard).lastLoad();
        return last == null
                || last.source().keyFingerprint() == null
                || Objects.equals(last.source().keyFingerprint(), pseudonymiser.fingerprint());
    }

    private ProcessedFiles.@Nullable State file(Feed feed, LocalDate sourceDate) {
        return ChangedFiles.state(FeedFile.of(force, feed, sourceDate).path());
    }

    /**
     * Loads the data of a date from the feed's source; it becomes known on the business date. Idempotent for an
     * unchanged file.
     *
     * @param sourceDate the business date, or an earlier date that is {@link #outstanding}
     * @throws FpwException if the load failed, with nothing loaded
     */
    public LoadSummary load(String feed, LocalDate sourceDate, LocalDate businessDate, RunId runId) {
        requireFeed(feed);
        long startedAt = clock.millis();
        String loadId = newLoadId(businessDate);
        Feed definition = force.feed(feed);
        ProcessedFiles.State file = definition.droppedFile() == null ? null : file(definition, sourceDate);
        JobExecution execution = run(feed, sourceDate, businessDate, runId, loadId);
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            if (sourceDate.isBefore(businessDate) && force.feed(feed).extract() == Feed.Extract.CHANGES) {
                recordMissingFile(
                        force.feed(feed),
                        businessDate,
                        runId,
                        "not loaded, because the earlier changes of " + sourceDate + " could not be loaded");
            }
            throw LoadResult.failure(execution, catalog);
        }
        if (file != null) {
            ledger.processedFiles().note(loadId, file);
        }
        LoadCounts counts = LoadResult.counts(execution.getExecutionContext());
        LoadSummary summary = LoadSummary.of(
                feed, loadId, counts, clock.millis() - startedAt, LoadResult.note(execution.getExecutionContext()));
        LOG.info(
                "{}: {} rows received: {} loaded, {} unchanged, {} repeated, {} superseded, {} refused, {} kept out; "
                        + "{} deleted, {} with an ambiguous time ({} ms)",
                feed,
                counts.received(),
                counts.loaded(),
                counts.unchanged(),
                counts.repeated(),
                counts.superseded(),
                counts.refused(),
                counts.keptOut(),
                counts.deleted(),
                counts.flagged(),
                summary.millis());
        return summary;
    }

    /**
     * Records that a run looked for the changes of the date: if the file is still missing in a later run, it counts as
     * missing.
     */
    private void recordMissingFile(Feed feed, LocalDate businessDate, RunId runId, String why) {
        String loadId = newLoadId(businessDate);
        ledger.begin(loadId, runId, feed.name(), businessDate, businessDate, feed.readOn(businessDate));
        ledger.failed(loadId, null, null, why);
    }

    private static String newLoadId(LocalDate businessDate) {
        return businessDate + "."
                + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private void requireFeed(String feed) {
        if (force.feeds().stream().noneMatch(known -> known.name().equals(feed))) {
            throw FpwException.configuration("there is no feed '" + feed + "' in " + force.folder() + "; feeds: "
                    + force.feeds().stream().map(known -> known.name()).toList());
        }
    }

    private JobExecution run(String feed, LocalDate sourceDate, LocalDate businessDate, RunId runId, String loadId) {
        try {
            return jobOperator.start(
                    ingestFeed,
                    new JobParametersBuilder()
                            .addString("feed", feed)
                            .addLocalDate("sourceDate", sourceDate)
                            .addLocalDate("businessDate", businessDate)
                            .addString("runId", runId.value())
                            .addString("loadId", loadId)
                            .toJobParameters());
        } catch (JobExecutionException | RuntimeException unstartable) {
            throw LoadResult.failure(feed, unstartable);
        }
    }
}
