package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.PageMaking;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.nightly.site.PageReaders;
import uk.fpw.nightly.site.PagesStatus;
import uk.fpw.nightly.site.ReaderGroup;
import uk.fpw.nightly.site.Sites;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.installation.Installation;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.ReaderConfirmations;

/** Implements {@code fpw readers}. */
@Command(
        name = "readers",
        description = {
            "Shows who may read the pages of a warehouse; with --confirm, lets the group of this machine "
                    + "read them that inside_readers in installation.yml names.",
            "Pages are exact: a count of one person is shown as 1. Until a group is confirmed, only the user "
                    + "of the runs can read new ones; readers keep the last pages of an earlier version.",
            "Confirming checks that the group exists, that this user may give files to it, and that its "
                    + "members can enter the folders on the way; then it makes the pages again. Each decision "
                    + "stays on record."
        })
public final class ReadersCommand implements Callable<Integer> {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /** Number of decisions shown. */
    private static final int LATEST = 20;

    /** What is to change. */
    static final class Decision {

        @Option(names = "--confirm", description = "Let the group that installation.yml names read the pages.")
        private boolean isConfirmed;

        @Option(
                names = "--withdraw",
                description = "Let no group read the pages any more, from now on; those that it could read are closed.")
        @SuppressWarnings("UnusedVariable") // exactly one of the two is given, so that the other one says it
        private boolean isWithdrawn;
    }

    @ArgGroup
    private @Nullable Decision decision;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "With --confirm or --withdraw: the reason, for the record. No personal data. Up to 1,000 "
                    + "characters.")
    private @Nullable String reason;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public ReadersCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String given = reason;
        if ((decision == null) != (given == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    decision == null
                            ? "--reason is only allowed with --confirm or --withdraw"
                            : "--reason is missing: a decision about the readers stays on record with its reason");
        }
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 4)) {
            if (decision == null || given == null) {
                WarehouseOwnership.warn(read, force.find(context), dataSource, context.err());
                show(read, dataSource);
                return ExitCode.DONE.code();
            }
            String why = ReasonOption.oneLine(given, spec);
            WarehouseOwnership.of(read, force.find(context), dataSource, context.environment())
                    .compare(false);
            WarehouseDatabase.migrate(dataSource);
            if (decision.isConfirmed) {
                confirm(read, dataSource, why);
            } else {
                withdraw(dataSource, why);
                Sites.close(read.storage().warehouse(), context.clock());
            }
            try (WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
                return pages(read, dataSource, catalog);
            }
        }
    }

    private void show(Force.Identity read, HikariDataSource dataSource) {
        PageReaders readers = PageReaders.of(Installation.of(context.environment()), dataSource);
        String obstacle = readers.obstacle(context.launcher());
        print(
                obstacle == null
                        ? "Readers of the pages: the group " + readers.group()
                        : "No readers, because " + obstacle);
        PagesStatus.lines(read.storage().warehouse(), readers, context.launcher(), context::shown).stream()
                .filter(line -> obstacle == null || !line.endsWith(obstacle))
                .forEach(line -> print("  " + line));
        List<ReaderConfirmations.Entry> decisions = new ReaderConfirmations(dataSource).latest(LATEST);
        if (!decisions.isEmpty()) {
            print("");
            print("Decisions, times in " + read.zone());
            decisions.forEach(entry -> print(describe(entry, read.zone())));
        }
    }

    private static String describe(ReaderConfirmations.Entry entry, ZoneId zone) {
        return "  " + MINUTE.format(entry.at().atZone(zone)) + "  " + DisplayText.text(entry.group())
                + (entry.isConfirmed() ? " confirmed by " : " withdrawn by ") + DisplayText.text(entry.by()) + ": "
                + DisplayText.whole(entry.reason());
    }

    private void confirm(Force.Identity read, HikariDataSource dataSource, String why) {
        PageReaders readers = PageReaders.of(Installation.of(context.environment()), dataSource);
        String group = readers.named();
        if (group == null) {
            throw FpwException.configuration(
                    "no group is named that could be confirmed; write 'inside_readers: GROUP' to " + readers.file()
                            + ", or set " + Installation.VARIABLE + " to the file that has it");
        }
        List<String> problems =
                ReaderGroup.of(group, read.storage().warehouse()).problems();
        if (!problems.isEmpty()) {
            throw FpwException.configuration("the group " + group
                    + " could not read the pages; nothing was recorded:\n  " + String.join("\n  ", problems));
        }
        if (group.equals(readers.confirmed())) {
            print("The group " + group + " was already confirmed; nothing was recorded.");
        } else {
            record(dataSource, group, true, why);
            print("The group " + group + " may read the pages from now on.");
        }
    }

    private void withdraw(HikariDataSource dataSource, String why) {
        String group = new ReaderConfirmations(dataSource).confirmedGroup();
        if (group == null) {
            print("No group is confirmed; nothing was recorded.");
        } else {
            record(dataSource, group, false, why);
            print("The group " + group + " may not read the pages any more.");
        }
    }

    private void record(HikariDataSource dataSource, String group, boolean isConfirmed, String why) {
        new ReaderConfirmations(dataSource)
                .record(new ReaderConfirmations.Entry(
                        context.clock().instant(), ProcessOwner.nameWithLogin(), group, isConfirmed, why));
    }

    /** Brings the pages in line with the decision, which is on record. */
    private int pages(Force.Identity read, HikariDataSource dataSource, WarehouseCatalog catalog) {
        try {
            Sites sites = PageMaking.of(context, force, read, dataSource, catalog);
            sites.withhold();
            ReleaseId made = sites.areWanted() ? sites.renew() : null;
            print(
                    made == null
                            ? "There are no pages yet; a run or fpw report makes them."
                            : "The pages of release " + made + " are in "
                                    + context.shown(sites.latest().resolve("index.html")));
            return ExitCode.DONE.code();
        } catch (RuntimeException failed) {
            context.err()
                    .println("fpw: the decision is on record, but the pages could not be made again: "
                            + failed.getMessage() + "; fix that, then run fpw report");
            return ExitCode.LATER_STEP_FAILED.code();
        }
    }

    private void print(String line) {
        context.out().println(line);
    }
}
