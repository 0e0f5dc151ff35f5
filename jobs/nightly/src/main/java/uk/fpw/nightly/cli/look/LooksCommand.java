package uk.fpw.nightly.cli.look;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.layout.look.LookRecord;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.ItemLooks;
import uk.fpw.warehouse.store.ledger.LookLedger;
import uk.fpw.warehouse.store.look.LookImport;
import uk.fpw.warehouse.store.look.LookVerification;

/** Implements {@code fpw looks}. */
@Command(
        name = "looks",
        description = {
            "Shows who looked at single items, cases or people, when and why; the latest first: items behind a count "
                    + "(fpw items), and reads by fpw query, fpw shell and fpw report --restricted, whose records it "
                    + "imports first.",
            "--verify checks these records instead and lists what is wrong with them (exit code 10)."
        })
public final class LooksCommand implements Callable<Integer> {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    @Option(
            names = "--latest",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many to show. Default: ${DEFAULT-VALUE}.")
    private int latest;

    @Option(
            names = "--verify",
            description = "Check the imported records and their files: numbers without gaps, nothing changed, doubled "
                    + "or cut.")
    private boolean isVerified;

    @Mixin
    private final ForceOption force = new ForceOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public LooksCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password)) {
            WarehouseOwnership.warn(read, force.find(context), dataSource, context.err());
            WarehouseOwnership.of(read, force.find(context), dataSource, context.environment())
                    .requireErasures();
            Path warehouse = read.storage().warehouse();
            importRecords(dataSource, warehouse);
            if (isVerified) {
                return verify(new LookVerification(dataSource, warehouse, context.clock()).run());
            }
            show(dataSource);
        }
        return ExitCode.DONE.code();
    }

    /** Whoever may only read the database sees what was imported. */
    private void importRecords(HikariDataSource dataSource, Path warehouse) {
        try {
            new LookImport(dataSource, warehouse, context.clock()).run();
        } catch (FpwException failed) {
            if (failed.exitCode() != ExitCode.UNAVAILABLE) {
                throw failed;
            }
            context.err().println("fpw: later records of reads are not shown: " + failed.getMessage());
        }
    }

    private int verify(LookVerification.Result found) {
        found.problems().forEach(problem -> context.out().println(DisplayText.whole(problem)));
        context.out()
                .println(
                        Plural.grouped(found.records(), "record") + " of " + Plural.grouped(found.sessions(), "session")
                                + ": "
                                + (found.problems().isEmpty()
                                        ? "complete and unchanged" + erased(found.erased())
                                        : Plural.grouped(found.problems().size(), "problem")));
        return found.problems().isEmpty() ? ExitCode.DONE.code() : ExitCode.DAMAGED.code();
    }

    private static String erased(int count) {
        return count == 0 ? "" : " but for the texts of " + Plural.of(count, "record") + ", which were erased";
    }

    private void show(HikariDataSource dataSource) {
        int count = Math.max(1, latest);
        List<Entry> found = new ArrayList<>();
        new ItemLooks(dataSource).latest(count).forEach(look -> found.add(entry(look)));
        new LookLedger(dataSource).latest(count).forEach(one -> found.add(entry(one)));
        if (found.isEmpty()) {
            context.out().println("no look at single items, cases or people is recorded");
        }
        found.stream()
                .sorted(Comparator.comparing(Entry::at).reversed())
                .limit(count)
                .forEach(this::print);
    }

    private void print(Entry entry) {
        context.out()
                .println(SECOND.format(entry.at()) + " UTC  " + DisplayText.text(entry.by()) + "  " + entry.what());
        context.out().println("    " + DisplayText.whole(entry.reason()));
    }

    /** One look or read, as shown. */
    private record Entry(Instant at, String by, String what, String reason) {}

    private static Entry entry(ItemLooks.Look look) {
        return new Entry(
                look.at(),
                look.by(),
                ItemsCommand.describe(look.cell()) + ", release " + look.releaseId()
                        + (look.comparedWith() == null ? "" : " compared with " + look.comparedWith()) + ": "
                        + Plural.grouped(look.rowCount(), "item"),
                look.reason());
    }

    private static Entry entry(LookLedger.Read read) {
        LookRecord record = read.record();
        Long rows = read.rows();
        return new Entry(
                record.at(),
                record.by(),
                DisplayText.text(record.command()) + " " + DisplayText.whole(String.join(", ", record.tables()))
                        + (record.release() == null ? "" : ", release " + DisplayText.text(record.release())) + ": "
                        + (rows == null ? "how many rows is not recorded" : Plural.grouped(rows, "row")),
                String.valueOf(record.reason()));
    }
}
