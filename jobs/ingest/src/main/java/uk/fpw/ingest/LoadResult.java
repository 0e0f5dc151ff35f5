package uk.fpw.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import uk.fpw.warehouse.load.LoadCounts;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** How the outcome of a load travels through Spring Batch. */
final class LoadResult {

    private static final String NOTE = "note";

    private LoadResult() {}

    static void put(ExecutionContext context, LoadCounts counts, @Nullable String note) {
        context.putLong("received", counts.received());
        context.putLong("loaded", counts.loaded());
        context.putLong("unchanged", counts.unchanged());
        context.putLong("refused", counts.refused());
        context.putLong("deleted", counts.deleted());
        context.putLong("flagged", counts.flagged());
        if (note != null) {
            context.putString(NOTE, note);
        }
    }

    static LoadCounts counts(ExecutionContext context) {
        return new LoadCounts(
                context.getLong("received"),
                context.getLong("loaded"),
                context.getLong("unchanged"),
                context.getLong("refused"),
                context.getLong("deleted"),
                context.getLong("flagged"));
    }

    static @Nullable String note(ExecutionContext context) {
        return context.containsKey(NOTE) ? context.getString(NOTE) : null;
    }

    /** Why a job failed, as a person is to be told. */
    static NightFailure failure(JobExecution execution) {
        List<Throwable> failures = execution.getAllFailureExceptions();
        for (Throwable failure : failures) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof NightFailure told) {
                    return told;
                }
            }
        }
        Throwable first = failures.isEmpty() ? null : failures.get(0);
        return new NightFailure(
                ExitCode.INTERNAL,
                "loading feed " + execution.getJobParameters().getString("feed") + " failed: "
                        + (first == null ? execution.getExitStatus() : first)
                        + "; this is most likely a defect of this software: the log has the details",
                first);
    }
}
