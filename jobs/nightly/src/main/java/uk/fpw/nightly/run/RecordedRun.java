package uk.fpw.nightly.run;

import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.site.Sites;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.RunLedger;

/** A run from its first record in {@code ops.night} to its last. */
record RecordedRun(RunContext run, ReleaseStanding standing, RunLedger ledger, Releases releases, Sites sites) {

    /** Runs the job, and records how it ended; a failure after the switch belongs to a released run. */
    RunResult run(BatchJobs jobs, GracefulShutdown shutdown) {
        RunRequest request = run.request();
        ledger.begin(
                run.runId(),
                request.businessDate(),
                request.task().command(),
                request.feed(),
                request.task() == RunRequest.Task.INGEST ? null : run.releaseId(),
                run.force().digest());
        try {
            RunResult result = FailureReport.explain(run.force(), shutdown, () -> {
                RunResult done = jobs.run(run, standing);
                ledger.end(run.runId(), request.task().done(), done.exitCode().code(), done.problems());
                return done;
            });
            shutdown.finishedWith(result.exitCode());
            return result;
        } catch (RuntimeException failed) {
            ExitCode exitCode = failed instanceof FpwException known ? known.exitCode() : ExitCode.INTERNAL;
            String message = failed instanceof FpwException known ? known.getMessage() : failed.toString();
            // the failure may be anywhere after the switch
            standing.ask(releases, run.releaseId(), failed);
            if (standing.isCurrent()) {
                message = shutdown.afterRelease(message);
                end("released", ExitCode.LATER_STEP_FAILED, message, failed);
                shutdown.finishedWith(ExitCode.LATER_STEP_FAILED);
                throw standing.afterRelease(message, failed);
            }
            end("failed", exitCode, message, failed);
            showOnPages(exitCode, failed);
            throw failed;
        }
    }

    /**
     * Records how the run ended, if the database is still available; otherwise the next run finds it unfinished and
     * reports it.
     */
    private void end(String status, ExitCode exitCode, @Nullable String message, RuntimeException failure) {
        try {
            ledger.end(run.runId(), status, exitCode.code(), message);
        } catch (RuntimeException unnoted) {
            failure.addSuppressed(unnoted);
        }
    }

    /**
     * Shows on the pages of the current release why there is no newer one. A run that was stopped ends as soon as it
     * can.
     */
    private void showOnPages(ExitCode exitCode, RuntimeException failure) {
        boolean isForReaders = run.request().task() != RunRequest.Task.INGEST;
        if (isForReaders && sites.areMadeByRuns() && !ExitCode.isStop(exitCode.code())) {
            try {
                sites.renew();
            } catch (RuntimeException unchanged) {
                failure.addSuppressed(unchanged);
            }
        }
    }
}
