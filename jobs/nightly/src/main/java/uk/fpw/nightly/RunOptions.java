package uk.fpw.nightly;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.nightly.night.Assignment;
import uk.fpw.nightly.night.LogFormat;
import uk.fpw.nightly.night.NightOutcome;
import uk.fpw.nightly.night.NightRunner;
import uk.fpw.nightly.night.NightSummary;
import uk.fpw.nightly.spark.KeptSpark;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.limit.AcceptanceRequest;
import uk.fpw.warehouse.lock.WarehouseLock;

/** What a night and its parts are told: which force, which date, which form of log. */
final class RunOptions {

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = {"-d", "--date"},
            paramLabel = "D",
            converter = BusinessDate.Converter.class,
            description =
                    "Business date, like 2016-01-12: the day whose end the figures show. Default: yesterday in the "
                            + "force's zone, the last day that is over.")
    private @Nullable LocalDate date;

    @Mixin
    private final LockOption lock = new LockOption();

    @Mixin
    private final AdoptFolderOption adopt = new AdoptFolderOption();

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Form of the log file in the run's folder: ${COMPLETION-CANDIDATES} (one object per line). "
                    + "Default: text.")
    private LogFormat logFormat = LogFormat.text;

    /** Does one task for the force and date that were given, says what it does and what came of it. */
    int run(
            Surroundings surroundings,
            Assignment.Task task,
            @Nullable String feed,
            boolean mayLackFeeds,
            boolean isDateConfirmed,
            AcceptOption accept,
            String title) {
        Force read = force.read(surroundings);
        List<AcceptanceRequest> accepted = accept.requests(read);
        LocalDate businessDate = BusinessDate.choose(date, read, surroundings.clock());
        String taken = date == null ? " (yesterday in " + read.zone() + ", since --date is not given)" : "";
        surroundings.out().println(title + businessDate + taken + ": " + read.name() + " (" + read.code() + ")");
        Assignment assignment = new Assignment(task, businessDate, feed, mayLackFeeds, isDateConfirmed, false);
        NightRunner runner = surroundings
                .nightRunner()
                .waitingForLock(lock.patience())
                .adoptingFolder(adopt.isGiven())
                .accepting(accepted);
        return told(surroundings, runner.run(read, assignment, logFormat))
                .exitCode()
                .code();
    }

    /** The folder of the force that was given, read whole. */
    Force force(Surroundings surroundings) {
        return force.read(surroundings);
    }

    @Nullable
    LocalDate date() {
        return date;
    }

    /** Whether this force folder may take the warehouse over from another. */
    boolean adoptsFolder() {
        return adopt.isGiven();
    }

    /** How long to wait for the warehouse lock. */
    Duration patience() {
        return lock.patience();
    }

    /** Runs one night of a row and prints what came of it. */
    NightOutcome run(Surroundings surroundings, Force read, Assignment assignment, KeptSpark kept, WarehouseLock held) {
        return told(
                surroundings,
                surroundings
                        .nightRunner()
                        .keeping(kept)
                        .holding(held)
                        .adoptingFolder(adopt.isGiven())
                        .run(read, assignment, logFormat));
    }

    private static NightOutcome told(Surroundings surroundings, NightOutcome outcome) {
        new NightSummary(surroundings.out(), surroundings.launcher(), surroundings::shown).print(outcome);
        return outcome;
    }
}
