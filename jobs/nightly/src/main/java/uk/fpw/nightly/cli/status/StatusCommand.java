package uk.fpw.nightly.cli.status;

import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.JsonOutput;
import uk.fpw.nightly.cli.option.PageMaking;
import uk.fpw.nightly.cli.option.RunNotices;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;

/** Implements {@code fpw status}. */
@Command(
        name = "status",
        description = "Shows the current release, whether a run is in progress, the latest runs and the "
                + "latest load of each feed.")
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(
            names = "--fail-unless-released-by",
            paramLabel = "HH:MM",
            converter = TimeOfDay.class,
            description = {
                "End with exit code 7 unless a release of yesterday (or later) was published by this "
                        + "time of day, in the force's time zone, and tell those whom notify in the installation's "
                        + "file names; not with --format prometheus, which is read all day.",
                "For a separate monitoring timer: before that time of day it checks the day before."
            })
    private @Nullable LocalTime deadline;

    @Option(
            names = "--pages",
            paramLabel = "PLACE",
            description = {
                "With --fail-unless-released-by: look at the pages in this folder or at this URL, instead of the "
                        + "warehouse: for another machine, which needs no force folder.",
                "Pages that do not answer are told as late (exit code 4)."
            })
    private @Nullable String pages;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. json is for programs, by the schema in share/schemas/output; "
                    + "prometheus for the textfile collector of the node exporter. Default: table.")
    private Format format = Format.table;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Write to this file instead of the screen, readable for everybody: readers see the earlier "
                    + "file or the whole new one.")
    private @Nullable Path target;

    private enum Format {
        table,
        json,
        prometheus
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Whether it was found out if the deadline was missed, and told if so: a failure after that is not told. */
    private boolean isDeadlineKnown;

    /** Creates the command with the environment, clock and streams of a context. */
    public StatusCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (pages != null) {
            if (deadline == null || format != Format.table || target != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--pages needs --fail-unless-released-by, the time of the deadline, and prints one line: "
                                + "leave --format and --to out");
            }
            return new PagesDeadline(pages, deadline, context).check().code();
        }
        try {
            return ofWarehouse();
        } catch (RuntimeException failed) {
            if (deadline != null && !isDeadlineKnown && tells()) {
                new RunNotices(context)
                        .late(
                                null,
                                "Whether the figures were released by " + deadline + " could not be found out: "
                                        + RunNotices.exitCode(failed).reason() + ".");
            }
            throw failed;
        }
    }

    private int ofWarehouse() {
        Force.Identity read = force.readIdentity(context);
        StatusReading reading = new StatusReading(context, read, force.find(context));
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        HikariDataSource made = WarehouseDatabase.openIfCreated(read.storage(), password, 1);
        if (made == null) {
            return print(reading.ofNothing(deadline(read, List.of()), WarehouseDatabase.nothingLoaded(read.storage())))
                    .code();
        }
        try (HikariDataSource dataSource = made) {
            WarehouseOwnership.warn(read, force.find(context), dataSource, context.err());
            WarehouseOwnership.reportErasures(
                    read, force.find(context), dataSource, context.environment(), context.err());
            StatusReport report = reading.read(
                    dataSource, password, deadline(read, new Releases(dataSource).listValid()), format != Format.table);
            ExitCode code = print(report);
            if (report.isMissed() && read.pages().areMade()) {
                showOnPages(read, password, dataSource);
            }
            return code.code();
        } catch (SQLException failed) {
            throw FpwException.unavailable(
                    "the database reports: " + DatabaseErrors.reason(failed)
                            + ". If there was no run yet, run fpw nightly; otherwise try again",
                    failed);
        }
    }

    private ExitCode print(StatusReport report) {
        if (target == null) {
            print(report, context.out());
        } else {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            print(report, new PrintStream(printed, true, StandardCharsets.UTF_8));
            ReplacedFile.write(context.workingFolder().resolve(target), printed.toByteArray());
        }
        return report.isMissed() ? ExitCode.NOT_RELEASED : ExitCode.DONE;
    }

    private void print(StatusReport report, PrintStream out) {
        switch (format) {
            case table ->
                new StatusText(report, out)
                        .print(context.shown(report.force().storage().warehouse()));
            case json -> JsonOutput.print(out, new StatusJson(report).fields());
            case prometheus -> out.print(new StatusMetrics(report).text());
        }
        out.flush();
    }

    /** The last deadline; null if none was given. Prints and tells why it was missed, if it was. */
    private StatusReport.@Nullable AskedDeadline deadline(Force.Identity read, List<Release> releases) {
        if (deadline == null) {
            return null;
        }
        Deadline last = Deadline.last(deadline, read.zone(), context.clock());
        String missed =
                last.missed(releases.stream().map(Deadline.Published::of).toList());
        isDeadlineKnown = true;
        if (missed != null) {
            context.err().println("fpw: " + missed);
            if (tells()) {
                new RunNotices(context).late(read, sentence(missed));
            }
        }
        return new StatusReport.AskedDeadline(last, missed);
    }

    /** Metrics are written every few minutes, and the system that reads them tells. */
    private boolean tells() {
        return format != Format.prometheus;
    }

    /** Shows on the pages that the deadline was missed. Called last, because it takes seconds. */
    private void showOnPages(Force.Identity read, String password, HikariDataSource dataSource) {
        LocalTime time = Objects.requireNonNull(deadline);
        try (WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
            PageMaking.of(context, force, read, dataSource, catalog)
                    .renewAsLate(
                            Deadline.last(time, read.zone(), context.clock()).businessDate(), time);
        } catch (RuntimeException failed) {
            context.err().println("fpw: the pages do not show it: " + failed.getMessage());
        }
    }

    static String sentence(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }

    static final class TimeOfDay implements ITypeConverter<LocalTime> {

        @Override
        public LocalTime convert(String text) {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeParseException wrong) {
                throw new TypeConversionException("'" + text + "' is not a time of day; use a form like 07:00");
            }
        }
    }
}
