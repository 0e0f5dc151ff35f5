package uk.fpw.nightly.cli.option;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.nightly.program.LogFormat;
import uk.fpw.nightly.run.RunExecutor;
import uk.fpw.nightly.run.RunRequest;
import uk.fpw.nightly.run.RunResult;
import uk.fpw.nightly.run.RunSummary;
import uk.fpw.nightly.spark.SparkWorker;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.limit.AcceptanceRequest;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** Options of a nightly run and its parts: force, date, log format. */
public final class RunOptions {

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = {"-d", "--date"},
            paramLabel = "D",
            converter = BusinessDate.Converter.class,
            description = "Business date, like 2016-01-12: the figures show the end of this "
                    + "day. Default: yesterday in the force's time zone.")
    private @Nullable LocalDate date;

    @Mixin
    private final LockOption lock = new LockOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Format of the log file in the run's folder: ${COMPLETION-CANDIDATES} (one object per line). "
                    + "Default: text.")
    private LogFormat logFormat = LogFormat.text;

    /**
     * The request of a command, whose date comes from the options.
     *
     * @param title begins the first line of output, before the date
     * @param feed the only feed of an ingest; null for all of them, and for every other task
     * @param allowsMissingFeeds whether a release may be created although feeds could not be loaded
     * @param isDateConfirmed whether the date may be further after the last known one than the force allows
     */
    public record Undated(
            String title,
            RunRequest.Task task,
            @Nullable String feed,
            boolean allowsMissingFeeds,
            boolean isDateConfirmed) {

        private RunRequest on(LocalDate businessDate) {
            return new RunRequest(task, businessDate, feed, allowsMissingFeeds, isDateConfirmed, false);
        }
    }

    /** Runs one task for the given force and date, prints its progress and result, and tells who wants to know. */
    public int run(CliContext context, Undated undated, AcceptOption accept) {
        RunNotices notices = new RunNotices(context);
        boolean isForReaders = undated.task() != RunRequest.Task.INGEST;
        Force read = null;
        LocalDate businessDate = date;
        try {
            read = force.read(context);
            List<AcceptanceRequest> accepted = accept.requests(read);
            businessDate = BusinessDate.choose(date, read, context.clock());
            String taken = date == null ? " (yesterday in " + read.zone() + ", since --date is not given)" : "";
            context.out()
                    .println(undated.title() + businessDate + taken + ": " + read.name() + " (" + read.code() + ")");
            RunExecutor runner = context.runExecutor()
                    .waitingForLock(lock.timeout())
                    .adoptingFolder(adopt.isGiven())
                    .accepting(accepted);
            RunResult result = report(context, runner.run(read, undated.on(businessDate), logFormat));
            if (result.releasing().release() != null) {
                notices.released(read.identity(), result.exitCode());
            }
            return result.exitCode().code();
        } catch (RuntimeException failed) {
            if (isForReaders) {
                notices.failed(read == null ? null : read.identity(), businessDate, failed);
            }
            throw failed;
        }
    }

    /** Reads the whole force folder. */
    public Force force(CliContext context) {
        return force.read(context);
    }

    /** The business date. */
    @Nullable
    public LocalDate date() {
        return date;
    }

    /** Whether this force folder may take over the warehouse from another. */
    public boolean adoptsFolder() {
        return adopt.isGiven();
    }

    /** How long to wait for the warehouse lock. */
    public Duration lockTimeout() {
        return lock.timeout();
    }

    /** Runs one date of a range and prints the result. */
    public RunResult run(CliContext context, Force read, RunRequest request, SparkWorker worker, WarehouseLock held) {
        return report(
                context,
                context.runExecutor()
                        .withSparkWorker(worker)
                        .withLock(held)
                        .adoptingFolder(adopt.isGiven())
                        .run(read, request, logFormat));
    }

    private static RunResult report(CliContext context, RunResult result) {
        new RunSummary(context.out(), context.launcher(), context::shown).print(result);
        return result;
    }
}
