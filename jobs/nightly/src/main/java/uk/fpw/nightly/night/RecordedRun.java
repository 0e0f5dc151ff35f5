package uk.fpw.nightly.night;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.ledger.Acceptances;
import uk.fpw.warehouse.ledger.NightLedger;
import uk.fpw.warehouse.ledger.Releases;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** A run from its first note in {@code ops.night} to its last. */
final class RecordedRun {

    private final NightRecord night;
    private final NightLedger ledger;
    private final Releases releases;

    RecordedRun(NightRecord night, NightLedger ledger, Releases releases) {
        this.night = night;
        this.ledger = ledger;
        this.releases = releases;
    }

    /** Runs the jobs, and notes how they ended; a failure behind the flip is one of a night that was released. */
    NightOutcome run(NightJobs jobs, Acceptances acceptances, Stopping stopping) {
        Assignment assignment = night.assignment();
        ledger.begin(
                night.runId(),
                assignment.businessDate(),
                assignment.task().command(),
                assignment.feed(),
                assignment.task() == Assignment.Task.INGEST ? null : night.releaseId(),
                night.force().digest());
        try {
            NightOutcome outcome = RunFailures.explain(night.force(), stopping, () -> {
                jobs.run(night);
                night.accepted(acceptances.usedOn(night.businessDate()));
                return night.outcome();
            });
            ledger.end(
                    night.runId(), assignment.task().done(), outcome.exitCode().code(), outcome.troubles());
            stopping.endedAs(outcome.exitCode());
            return outcome;
        } catch (RuntimeException failed) {
            ExitCode exitCode = failed instanceof FpwException known ? known.exitCode() : ExitCode.INTERNAL;
            String message = failed instanceof FpwException known ? known.getMessage() : failed.toString();
            if (isReleased(failed)) {
                message = stopping.afterRelease(message);
                end("released", ExitCode.RELEASED_WITH_TROUBLE, message, failed);
                stopping.endedAs(ExitCode.RELEASED_WITH_TROUBLE);
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
