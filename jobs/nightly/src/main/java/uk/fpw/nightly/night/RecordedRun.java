package uk.fpw.nightly.night;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.ledger.Acceptances;
import uk.fpw.warehouse.ledger.NightLedger;
import uk.fpw.warehouse.ledger.Releases;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** A run from its first record in {@code ops.night} to its last. */
final class RecordedRun {

    private final RunContext night;
    private final NightLedger ledger;
    private final Releases releases;

    RecordedRun(RunContext run, NightLedger ledger, Releases releases) {
        this.night = run;
        this.ledger = ledger;
        this.releases = releases;
    }

    /** Runs the jobs, and records how they ended; a failure after the switch belongs to a released run. */
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
                        "release " + night.releaseId() + " was created and is current, but a later step failed: "
                                + message
                                + ". Run the next date as usual: it recovers this",
                        failed);
            }
            end("failed", exitCode, message, failed);
            throw failed;
        }
    }

    /**
     * Records how the run ended, if the database is still available; otherwise the next run finds it unfinished and
     * reports it.
     */
    private void end(String status, ExitCode exitCode, @Nullable String message, RuntimeException failure) {
        try {
            ledger.end(night.runId(), status, exitCode.code(), message);
        } catch (RuntimeException unnoted) {
            failure.addSuppressed(unnoted);
        }
    }

    /**
     * Whether this run's release is current although the run failed; read from the database, since the failure may
     * be anywhere after the switch.
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
