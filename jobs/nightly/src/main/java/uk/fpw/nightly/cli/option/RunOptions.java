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

    /** Runs one task for the given force and date, and prints its progress and result. */
    public int run(
            CliContext context,
            RunRequest.Task task,
            @Nullable String feed,
            boolean allowsMissingFeeds,
            boolean isDateConfirmed,
            AcceptOption accept,
            String title) {
        Force read = force.read(context);
        List<AcceptanceRequest> accepted = accept.requests(read);
        LocalDate businessDate = BusinessDate.choose(date, read, context.clock());
        String taken = date == null ? " (yesterday in " + read.zone() + ", since --date is not given)" : "";
        context.out().println(title + businessDate + taken + ": " + read.name() + " (" + read.code() + ")");
        RunRequest request = new RunRequest(task, businessDate, feed, allowsMissingFeeds, isDateConfirmed, false);
        RunExecutor runner = context.runExecutor()
                .waitingForLock(lock.timeout())
                .adoptingFolder(adopt.isGiven())
                .accepting(accepted);
        return report(context, runner.run(read, request, logFormat)).exitCode().code();
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
