package uk.fpw.nightly;

import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.nightly.night.Assignment;
import uk.fpw.nightly.night.Database;
import uk.fpw.nightly.night.MissingNights;
import uk.fpw.nightly.spark.KeptSpark;
import uk.fpw.nightly.spark.SparkCommand;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.run.ExitCode;

@Command(
        name = "nightly",
        description = {
            "Runs one night: loads every feed of the business date, computes the tables, audits them and releases them.",
            "A night that fails leaves the previous release standing. Running a night again is always safe: what is loaded is not loaded twice.",
            "With --from, runs every night that is missing, in order, and stops at the first that fails."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class NightlyCommand implements Callable<Integer> {

    @Mixin
    private final RunOptions options = new RunOptions();

    @Mixin
    private final IncompleteOption incomplete = new IncompleteOption();

    @Option(
            names = "--from",
            paramLabel = "D1",
            converter = BusinessDate.Converter.class,
            description = "First of several nights in a row. A night that was released before is not run again.")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "D2",
            converter = BusinessDate.Converter.class,
            description = "Last of several nights in a row. Default: yesterday in the force's zone.")
    private @Nullable LocalDate to;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Surroundings surroundings;

    NightlyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (from == null && to == null) {
            return options.run(surroundings, Assignment.Task.NIGHT, null, incomplete.isAllowed(), "Night of ");
        }
        if (options.date() != null) {
            throw new ParameterException(
                    spec.commandLine(), "--date is one night, --from and --to are several; give one or the other");
        }
        if (from == null) {
            throw new ParameterException(spec.commandLine(), "--to needs --from, the first night");
        }
        return row(from, to);
    }

    private int row(LocalDate first, @Nullable LocalDate end) {
        Force read = options.force(surroundings);
        LocalDate last = BusinessDate.choose(end, "--to", read, surroundings.clock());
        if (last.isBefore(first)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from " + first + " is later than " + (end == null ? "yesterday, " : "--to ") + last);
        }
        List<LocalDate> nights = missing(read, first, last);
        surroundings
                .out()
                .println(
                        nights.isEmpty()
                                ? "Every night from " + first + " to " + last + " is released already: " + read.name()
                                : "Nights from " + first + " to " + last + " that are missing: " + nights.size() + "; "
                                        + read.name() + " (" + read.code() + ")");
        ExitCode worst = ExitCode.DONE;
        try (KeptSpark spark = new KeptSpark(new SparkCommand(surroundings.lib(), surroundings.environment()))) {
            for (LocalDate night : nights) {
                surroundings.out().println();
                surroundings.out().println("Night of " + night);
                ExitCode ended = options.run(
                                surroundings,
                                read,
                                new Assignment(Assignment.Task.NIGHT, night, null, incomplete.isAllowed()),
                                spark)
                        .exitCode();
                worst = ended == ExitCode.DONE ? worst : ended;
            }
        }
        return worst.code();
    }

    private List<LocalDate> missing(Force read, LocalDate first, LocalDate last) {
        String password = Database.password(read.storage(), surroundings.environment());
        if (!Database.isThere(read.storage())) {
            return first.datesUntil(last.plusDays(1)).toList();
        }
        try (HikariDataSource dataSource = Database.openExisting(read.storage(), password, 2)) {
            return MissingNights.between(first, last, dataSource);
        }
    }
}
