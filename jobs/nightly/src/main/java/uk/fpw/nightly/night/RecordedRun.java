package uk.fpw.nightly.night;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.ledger.Acceptances;
import uk.fpw.warehouse.ledger.NightLedger;
import uk.fpw.warehouse.ledger.Releases;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** A run from its first note in {@code ops.night} to its last. */
final class RecordedRun {

    private final RunContext night;
    private final NightLedger ledger;
    private final Releases releases;

    RecordedRun(RunContext run, NightLedger ledger, Releases releases) {
        this.night = run;
        this.ledger = ledger;
        this.releases = releases;
    }

    /** Runs the jobs, and notes how they ended; a failure behind the flip is one of a night that was released. */
    RunResult run(BatchJobs jobs, Acceptances acceptances, GracefulShutdown shutdown) {
        RunRequest request = night.request();
        ledger.begin(
                night.runId(),
                request.businessDate(),
                request.task().command(),
                request.feed(),
                request.task() == RunRequest.Task.INGEST ? null : night.releaseId(),
                night.force().digest());
        try {
            RunResult result = FailureReport.explain(night.force(), shutdown, () -> {
                jobs.run(night);
                night.accepted(acceptances.usedOn(night.businessDate()));
                return night.result();
            });
            ledger.end(night.runId(), request.task().done(), result.exitCode().code(), result.problems());
            shutdown.finishedWith(result.exitCode());
            return result;
        } catch (RuntimeException failed) {
            ExitCode exitCode = failed instanceof FpwException known ? known.exitCode() : ExitCode.INTERNAL;
            String message = failed instanceof FpwException known ? known.getMessage() : failed.toString();
            if (isReleased(failed)) {
                message = shutdown.afterRelease(message);
                end("released", ExitCode.RELEASED_WITH_TROUBLE, message, failed);
                shutdown.finishedWith(ExitCode.RELEASED_WITH_TROUBLE);
                throw new FpwException(
                        ExitCode.RELEASED_WITH_TROUBLE,
                        "release " + night.releaseId() + " was made and stands, but what follows it failed: " + message
                                + ". Run the next night as usual: it makes this up",
                        failed);
            }
            end("failed", exitCode, message, failed);
            throw failed;
        }
    }

    /**
     * Notes how the run ended, if the database still takes it; otherwise the next run finds it unfinished and says so.
     */
    private void end(String status, ExitCode exitCode, @Nullable String message, RuntimeException failure) {
        try {
            ledger.end(night.runId(), status, exitCode.code(), message);
        } catch (RuntimeException unnoted) {
            failure.addSuppressed(unnoted);
        }
    }

    /**
     * Whether readers see this run's release although the run failed; asked of the database, since the failure may lie
     * anywhere behind the flip.
     */
    private boolean isReleased(RuntimeException failed) {
        try {
            return night.releaseId().equals(releases.currentId());
        } catch (RuntimeException unknown) {
            failed.addSuppressed(unknown);
            return false;
        }
    }
}
