package uk.fpw.nightly.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionSystemException;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.Exhaustion;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;

/** Reports why a run failed: in its log for maintainers, on standard error for operators. */
record FailureReport(RunRequest request, PrintStream out, PrintStream err, Path logFile, ReleaseStanding standing) {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    /** A signal, a full machine or a damaged file shows as many different exceptions; reports the cause instead. */
    static RunResult explain(Force force, GracefulShutdown shutdown, Supplier<RunResult> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            if (failed instanceof FpwException known && known.exitCode() == ExitCode.LATER_STEP_FAILED) {
                throw failed;
            }
            FpwException stopped = shutdown.stopped(failed);
            if (stopped != null) {
                throw stopped;
            }
            RuntimeException original = original(failed);
            FpwException exhausted =
                    Exhaustion.causeOf(original, force.storage().warehouse());
            FpwException damaged = exhausted == null ? Damage.causeOf(original) : null;
            throw exhausted != null ? exhausted : damaged != null ? damaged : failed;
        }
    }

    /** A failed rollback hides the failure that caused it. */
    private static RuntimeException original(RuntimeException failed) {
        return failed instanceof TransactionSystemException unended
                        && unended.getApplicationException() instanceof RuntimeException original
                ? original
                : failed;
    }

    /** Logs and prints a failure. Only the message of an {@link FpwException} tells an operator what to do. */
    ReportedException report(RuntimeException failed) {
        if (failed instanceof FpwException known) {
            log(known);
            return print(known.exitCode(), String.valueOf(known.getMessage()), known);
        }
        LOG.error("the {} failed with an unexpected error", request.task().description(), failed);
        return print(ExitCode.INTERNAL, "unexpected error (probably a bug in this software): " + failed, failed);
    }

    /** An expected failure is one line with its cause; only a defect needs a stack trace. */
    private void log(FpwException failed) {
        String what = request.task().description();
        Throwable cause = failed.getCause();
        if (failed.exitCode() == ExitCode.INTERNAL) {
            LOG.error("the {} failed: {}", what, failed.getMessage(), failed);
        } else if (cause == null) {
            LOG.error("the {} failed: {}", what, failed.getMessage());
        } else {
            LOG.error("the {} failed: {}; caused by {}", what, failed.getMessage(), cause.toString());
            LOG.debug("the failure", failed);
        }
    }

    private ReportedException print(ExitCode exitCode, String message, RuntimeException failure) {
        if (standing.isCurrent() && exitCode != ExitCode.LATER_STEP_FAILED) {
            return print(
                    ExitCode.LATER_STEP_FAILED,
                    String.valueOf(standing.afterRelease(message, failure).getMessage()),
                    failure);
        }
        out.flush();
        boolean released = exitCode == ExitCode.LATER_STEP_FAILED;
        String why = "fpw: the " + request.task().description()
                + (released ? " finished with problems" : ExitCode.isStop(exitCode.code()) ? " was stopped" : " failed")
                + " (exit code "
                + exitCode.code() + "): " + message;
        String now = "fpw: " + standing.words();
        err.println(why);
        err.println(now + "; the log is " + logFile);
        return new ReportedException(exitCode, List.of(why, now), failure);
    }
}
