package uk.fpw.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.process.RunFiles;
import uk.fpw.publish.export.Exports;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.ResultLedger;

/** Releases a candidate. The caller holds the warehouse lock. */
public final class Publisher {

    private final ReleaseJob job;
    private final Releases releases;
    private final Exports exports;
    private final ResultLedger results;
    private final Path warehouse;

    Publisher(ReleaseJob job, Releases releases, Exports exports, ResultLedger results, Path warehouse) {
        this.job = job;
        this.releases = releases;
        this.exports = exports;
        this.results = results;
        this.warehouse = warehouse;
    }

    /**
     * Outcome of the steps after the switch.
     *
     * @param exportFolder folder of the plain Parquet; null if the export failed
     * @param laterFailures what failed, one sentence each; the release stays current
     */
    public record Publication(@Nullable Path exportFolder, List<String> laterFailures) {}

    /**
     * Audits the candidate, publishes it and makes it the current release. After a crash, a call with the same
     * arguments continues where the last one stopped; after success it changes nothing and returns the same result.
     * May be called inside a step of another job: an open transaction is suspended.
     *
     * @throws FpwException with {@code AUDIT_FAILED} if the candidate may not be released, {@code LOCK_HELD} if a
     *     successor took the warehouse, {@code UNAVAILABLE} if the database does not respond, {@code BAD_DATA} if a
     *     value cannot be published, {@code CONFIGURATION} if the pseudonym key differs from that of the last run,
     *     {@code INTERNAL} otherwise; the previous release then stays current
     */
    public Publication release(ReleaseRequest request) {
        ReleaseId releaseId = request.releaseId();
        JobExecution execution = job.run(request.parameters()).orElse(null);
        if (execution != null && execution.getStatus() != BatchStatus.COMPLETED) {
            throw failure(releaseId, execution);
        }
        Object exportFailure =
                execution == null ? null : execution.getExecutionContext().get(PublishConfiguration.EXPORT_FAILURE);
        return exportFailure == null
                ? new Publication(new WarehouseFolder(warehouse).export(releaseId), List.of())
                : new Publication(
                        null,
                        List.of("the export of release " + releaseId + " failed: " + exportFailure
                                + "; the release is current, and fpw export repeats it"));
    }

    /**
     * Summarises a release for its run.
     *
     * @param resultFile describes its candidate
     */
    public ReleaseSummary summary(ReleaseId releaseId, Path resultFile, Publication publication) {
        Release release = releases.find(releaseId);
        if (release == null) {
            throw new IllegalStateException("the job created no release " + releaseId);
        }
        MetricsResult result = RunFiles.read(resultFile, MetricsResult.class);
        List<MetricsResult.QualityResult> warnings = result.quality().stream()
                .filter(test -> test.severity().equals("warning") && test.failedCount() > 0)
                .toList();
        Set<MetricsResult.QualityResult> told = results.foundBefore(releaseId, warnings);
        return new ReleaseSummary(
                release,
                result.accounts(),
                Stream.concat(
                                warnings.stream().filter(test -> !told.contains(test)),
                                results.changes(release.runId()).stream())
                        .toList(),
                result.figureChanges(),
                publication.exportFolder(),
                publication.laterFailures());
    }

    /**
     * Rewrites the plain Parquet export of a release, and links {@code exports/current} to it if the release is
     * current.
     *
     * @return its folder
     * @throws FpwException with {@code CONFIGURATION} if there is no such release, with {@code UNAVAILABLE} if the
     *     files cannot be read or written
     */
    public Path export(ReleaseId releaseId) {
        return new ReleaseExport(releases, exports).parquet(releaseId);
    }

    private FpwException failure(ReleaseId releaseId, JobExecution execution) {
        String what = releaseId.equals(releases.currentId())
                ? "release " + releaseId
                        + " was created and is current, but the steps after the switch did not complete "
                        + "(the next start corrects releases/current): "
                : "release " + releaseId + " was not created: ";
        List<Throwable> failures = execution.getAllFailureExceptions();
        for (Throwable failure : failures) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof FpwException known) {
                    return known;
                }
                if (cause instanceof DataAccessResourceFailureException
                        || cause instanceof TransientDataAccessException
                        || cause instanceof CannotCreateTransactionException) {
                    return FpwException.unavailable(
                            what + "the database failed: " + DatabaseErrors.reason(cause)
                                    + ". Check that the database responds, then run again",
                            failure);
                }
            }
        }
        Throwable first = failures.isEmpty() ? null : failures.get(0);
        return new FpwException(
                ExitCode.INTERNAL,
                what + (first == null ? execution.getExitStatus().getExitDescription() : first.getMessage()),
                first);
    }
}
