package uk.fpw.nightly.cli.make;

import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.nightly.cli.option.AcceptOption;
import uk.fpw.nightly.cli.option.BusinessDate;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ConfirmDateOption;
import uk.fpw.nightly.cli.option.IncompleteOption;
import uk.fpw.nightly.cli.option.RunNotices;
import uk.fpw.nightly.cli.option.RunOptions;
import uk.fpw.nightly.run.MissingDates;
import uk.fpw.nightly.run.RunRequest;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.nightly.spark.SparkCommand;
import uk.fpw.nightly.spark.SparkWorker;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** Implements {@code fpw nightly}. */
@Command(
        name = "nightly",
        description = {
            "Runs the nightly job for one business date: loads every feed, computes the tables, "
                    + "audits and releases them.",
            "If it fails, the previous release stays current. Running it again is "
                    + "always safe: nothing is loaded twice.",
            "With --from, runs every date that has no release, in order, and stops at the first that fails; "
                    + "--confirm-date then applies to the first of them."
        })
public final class NightlyCommand implements Callable<Integer> {

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final IncompleteOption incomplete = new IncompleteOption();

    @Mixin
    private final ConfirmDateOption confirm = new ConfirmDateOption();

    @Mixin
    private final AcceptOption accept = new AcceptOption();

    @Option(
            names = "--from",
            paramLabel = "D1",
            converter = BusinessDate.Converter.class,
            description = "First business date of a date range. Dates that are already released are not run again.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "D2",
            converter = BusinessDate.Converter.class,
            description = "Last business date of a date range. Default: yesterday in the force's time zone.")
    private @Nullable LocalDate to;

    @Option(
            names = "--preview",
            description = "With --from: only show which dates are released, would be run, or can no longer be run.")
    private boolean preview;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    private boolean hasReportedWait;

    /** Creates the command with the environment, clock and streams of a context. */
    public NightlyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (preview && from == null) {
            throw new ParameterException(spec.commandLine(), "--preview needs --from, the first business date");
        }
        if (from == null && to == null) {
            return options.run(
                    context,
                    new RunOptions.Undated(
                            "Nightly run of ",
                            RunRequest.Task.NIGHTLY,
                            null,
                            incomplete.isAllowed(),
                            confirm.isConfirmed()),
                    accept);
        }
        if (accept.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--accept applies to one date; for one date of a range "
                            + "record it first: fpw accept SUBJECT:LIMIT --date D --reason TEXT");
        }
        if (options.date() != null) {
            throw new ParameterException(
                    spec.commandLine(), "--date is a single date, --from and --to are a range; use one or the other");
        }
        if (from == null) {
            throw new ParameterException(spec.commandLine(), "--to needs --from, the first business date");
        }
        return row(from, to);
    }

    private int row(LocalDate first, @Nullable LocalDate end) {
        Force read = options.force(context);
        LocalDate last = BusinessDate.choose(end, "--to", read, context.clock());
        if (last.isBefore(first)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from " + first + " is later than " + (end == null ? "yesterday, " : "--to ") + last);
        }
        return preview ? preview(read, first, last) : run(read, first, last);
    }

    /** Tells who wants to know of the last release of the range only, or of its failure. */
    private int run(Force read, LocalDate first, LocalDate last) {
        RunNotices notices = new RunNotices(context);
        try {
            List<ExitCode> ended = runDates(read, first, last);
            ExitCode worst = ended.stream()
                    .filter(code -> code != ExitCode.DONE)
                    .reduce(ExitCode.DONE, (earlier, later) -> later);
            if (!ended.isEmpty()) {
                notices.released(read.identity(), worst);
            }
            return worst.code();
        } catch (RuntimeException failed) {
            notices.failed(read.identity(), null, failed);
            throw failed;
        }
    }

    /** Holds the lock for the whole range, so that no other run loads a later date in between. */
    private List<ExitCode> runDates(Force read, LocalDate first, LocalDate last) {
        List<ExitCode> ended = new ArrayList<>();
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        HikariDataSource own = WarehouseOwnership.openOwn(read, options.adoptsFolder(), context.environment());
        try (HikariDataSource dataSource = own != null ? own : WarehouseDatabase.open(read.storage(), password)) {
            WarehouseDatabase.migrate(dataSource);
            try (WarehouseLock lock = WarehouseLock.acquire(
                            dataSource::getConnection,
                            "dates " + first + " to " + last,
                            read.zone(),
                            options.lockTimeout(),
                            this::printOnce);
                    SparkWorker worker = new SparkWorker(new SparkCommand(
                            context.processes(),
                            new Releases(dataSource).currentRowCount(),
                            read.storage().tables()))) {
                List<LocalDate> dates = MissingDates.between(first, last, dataSource);
                print(
                        dates.isEmpty()
                                ? "Every date from " + first + " to " + last + " is already released: " + read.name()
                                : "Dates from " + first + " to " + last + " without a release: " + dates.size() + "; "
                                        + read.name() + " (" + read.code() + ")");
                for (LocalDate each : dates) {
                    print("");
                    print("Nightly run of " + each);
                    RunRequest request = new RunRequest(
                            RunRequest.Task.NIGHTLY,
                            each,
                            null,
                            incomplete.isAllowed(),
                            confirm.isConfirmed() && each.equals(dates.get(0)),
                            dates.size() > 1);
                    ended.add(options.run(context, read, request, worker, lock).exitCode());
                }
            }
        }
        return ended;
    }

    private int preview(Force read, LocalDate first, LocalDate last) {
        List<MissingDates.PlannedRun> row = plannedRuns(read, first, last);
        print("Dates from " + first + " to " + last + ": " + read.name() + " (" + read.code() + ")");
        for (MissingDates.PlannedRun planned : row) {
            print("  " + planned.date() + "  " + describe(planned));
        }
        long missing = row.stream().filter(MissingDates.PlannedRun::isMissing).count();
        boolean isBlocked = row.stream().anyMatch(planned -> planned.blockedBy() != null);
        print((isBlocked
                        ? "None would be run: the first date that is not possible stops the range; start after it"
                        : missing == 0 ? "None would be run" : missing + " would be run")
                + ". This was a preview, nothing was done");
        return ExitCode.DONE.code();
    }

    private static String describe(MissingDates.PlannedRun planned) {
        if (planned.releaseId() != null) {
            return "released   as " + planned.releaseId();
        }
        return planned.blockedBy() == null
                ? "would run"
                : "not possible because " + planned.blockedBy()
                        + " is already known, and business dates must not decrease";
    }

    private List<MissingDates.PlannedRun> plannedRuns(Force read, LocalDate first, LocalDate last) {
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        HikariDataSource made = WarehouseDatabase.openIfCreated(read.storage(), password, 2);
        if (made == null) {
            print(WarehouseDatabase.nothingLoaded(read.storage()));
            return MissingDates.plannedRuns(first, last);
        }
        try (HikariDataSource dataSource = made) {
            return MissingDates.plannedRuns(first, last, dataSource);
        }
    }

    private void printOnce(FpwException held) {
        if (!hasReportedWait) {
            hasReportedWait = true;
            print("waiting up to " + options.lockTimeout().toMinutes() + " min: " + held.getMessage());
        }
    }

    private void print(String line) {
        context.out().println(line);
    }
}
