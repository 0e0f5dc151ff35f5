package uk.fpw.ingest;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.maintenance.FileVerification;

/** Passes the outcome of a load through Spring Batch. */
final class LoadResult {

    private static final String NOTE = "note";

    private LoadResult() {}

    static void put(ExecutionContext context, LoadCounts counts, @Nullable String note) {
        context.putLong("received", counts.received());
        context.putLong("loaded", counts.loaded());
        context.putLong("unchanged", counts.unchanged());
        context.putLong("repeated", counts.repeated());
        context.putLong("superseded", counts.superseded());
        context.putLong("refused", counts.refused());
        context.putLong("keptOut", counts.keptOut());
        context.putLong("deleted", counts.deleted());
        context.putLong("flagged", counts.flagged());
        context.putLong("emptyKey", counts.emptyKey());
        context.putLong("unreadableKey", counts.unreadableKey());
        context.putLong("held", counts.held());
        if (note != null) {
            context.putString(NOTE, note);
        }
    }

    static LoadCounts counts(ExecutionContext context) {
        return new LoadCounts(
                context.getLong("received"),
                context.getLong("loaded"),
                context.getLong("unchanged"),
                context.getLong("repeated"),
                context.getLong("superseded"),
                context.getLong("refused"),
                context.getLong("keptOut"),
                context.getLong("deleted"),
                context.getLong("flagged"),
                context.getLong("emptyKey"),
                context.getLong("unreadableKey"),
                context.getLong("held"));
    }

    static @Nullable String note(ExecutionContext context) {
        return context.containsKey(NOTE) ? context.getString(NOTE) : null;
    }

    /**
     * Why a job failed, for users. After a storage failure or an unexpected error, the files of the feed's table are
     * verified, since libraries do not always name the file that they could not read.
     */
    static FpwException failure(JobExecution execution, WarehouseCatalog catalog) {
        List<Throwable> failures = execution.getAllFailureExceptions();
        Throwable first = failures.isEmpty() ? new IllegalStateException("no reason given") : failures.get(0);
        String feed = String.valueOf(execution.getJobParameters().getString("feed"));
        FpwException failure = failure(feed, first);
        if (failure.exitCode() == ExitCode.INTERNAL || failure.getCause() instanceof IOException) {
            List<WrittenFile.Comparison> damaged =
                    new FileVerification(catalog).damagedOf(WarehouseCatalog.RAW + "." + feed);
            return damaged.isEmpty() ? failure : Damage.of(damaged);
        }
        return failure;
    }

    /** Classifies an exception: failures of external systems are {@code UNAVAILABLE}, anything unexpected is a bug. */
    static FpwException failure(String feed, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FpwException told) {
                return told;
            }
            if (cause instanceof SQLException database && DatabaseErrors.isUnavailable(database)) {
                return unavailable(feed, "the database does not respond", cause);
            }
            if (cause instanceof IOException) {
                return unavailable(feed, "the storage failed", cause);
            }
        }
        return new FpwException(
                ExitCode.INTERNAL,
                "loading feed " + feed + " failed: " + failure
                        + "; this is probably a bug in this software: the log has the details",
                failure);
    }

    private static FpwException unavailable(String feed, String what, Throwable cause) {
        return FpwException.unavailable(
                "loading feed " + feed + " failed: " + what + " (" + cause.getMessage()
                        + "); check that it works, then run again",
                cause);
    }
}
