package uk.fpw.nightly.cli.look;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookLog;
import uk.fpw.model.Csv;
import uk.fpw.nightly.cli.option.BusinessDate;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.JsonOutput;
import uk.fpw.nightly.cli.option.ProcessOwner;
import uk.fpw.nightly.cli.option.ReasonOption;
import uk.fpw.nightly.rejection.Rejection;
import uk.fpw.nightly.rejection.RejectionReport;
import uk.fpw.nightly.run.Rejections;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.feed.RefusalLedger;

/** Implements {@code fpw rejections}. */
@Command(
        name = "rejections",
        description = {
            "Shows what is not in the figures of the current release: rows that could "
                    + "not be stored (refused) and have not been corrected by a later load; rows that "
                    + "break a rule or are not used by any queue (excluded); rows whose dates all lie after the "
                    + "last day that is counted (ahead); rows of other units (out of scope); exact duplicates "
                    + "(repeated), earlier versions of a key (superseded) and values that could not be read "
                    + "(unreadable) in the latest loads; and feeds whose latest load failed.",
            "With --date: the rows that the loads and the computation of a business date refused and "
                    + "excluded. Shows the shapes of refused values; keys of rows only with --reason."
        })
public final class RejectionsCommand implements Callable<Integer> {

    private static final int EXAMPLES = 3;
    private static final int REPORTED = 1_000;

    private enum Format {
        table,
        csv,
        json
    }

    @Mixin
    private final ForceOption force = new ForceOption();

    @Option(names = "--feed", paramLabel = "F", description = "Only this feed.")
    private @Nullable String feed;

    @Option(
            names = {"-d", "--date"},
            paramLabel = "D",
            converter = BusinessDate.Converter.class,
            description = "What was refused and excluded on this business date, corrected since or not.")
    private @Nullable LocalDate date;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. A table shows the first " + EXAMPLES
                    + " refused rows of a kind, csv and json show all. Default: table.")
    private Format format = Format.table;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Writes a new folder for the owners of the feeds instead: per owner (field owner of the "
                    + "feed) a CSV file of the rows, at most " + REPORTED
                    + " of a feed, code and field, and a README.txt "
                    + "that says what to do.")
    private @Nullable Path report;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why you need the keys of refused rows, with pseudonyms: csv and json then have them "
                    + "(row_key), and that you read them is put on record with this reason, see fpw looks.")
    private @Nullable String reason;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public RejectionsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (report != null && format != Format.table) {
            throw new ParameterException(spec.commandLine(), "--report writes CSV files; leave out --format");
        }
        String why = reason == null ? null : ReasonOption.oneLine(reason, spec);
        if (why != null && (format == Format.table || report != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--reason is for keys, which only --format csv and json show; add one of them");
        }
        Force.Identity read = force.readIdentity(context);
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        Rejections.Found found;
        HikariDataSource made = WarehouseDatabase.openIfCreated(read.storage(), password, 2);
        if (made == null) {
            nothingLoaded(read);
            return 0;
        }
        try (HikariDataSource dataSource = made;
                WarehouseCatalog catalog = WarehouseCatalog.open(read.storage(), password)) {
            WarehouseOwnership.warn(read, force.find(context), dataSource, context.err());
            WarehouseOwnership.of(read, force.find(context), dataSource, context.environment())
                    .requireErasures();
            Force whole = whole();
            Rejections rejections = new Rejections(dataSource, catalog, whole);
            found = date == null ? rejections.ofCurrentRelease(feed) : rejections.on(date, feed);
            if (report != null) {
                report(read, whole, found, rejections);
                return 0;
            }
        }
        if (why != null) {
            withKeys(read, found, why);
            return 0;
        }
        print(found, found.rejections().stream().map(Rejection::withoutKey).toList());
        return 0;
    }

    private void print(Rejections.Found found, List<Rejection> rows) {
        switch (format) {
            case table -> table(found);
            case csv -> csv(rows);
            case json -> json(rows);
        }
    }

    /** Prints keys after the read of them is on the disk. */
    private void withKeys(Force.Identity read, Rejections.Found found, String why) {
        WarehouseFolder warehouse = new WarehouseFolder(read.storage().warehouse());
        Release release = found.release();
        try (LookLog log = new LookLog(warehouse, "fpw rejections", ProcessOwner.nameWithLogin(), context.clock())) {
            log.read(release == null ? null : release.releaseId().value(), List.of(RefusalLedger.TABLE), why);
            print(found, found.rejections());
            log.shown(found.rejections().stream()
                    .filter(row -> row.rowKey() != null)
                    .count());
        } catch (IOException failed) {
            throw FpwException.unavailable(
                    "the read cannot be recorded in " + warehouse.looks() + "; without a record keys are not shown: "
                            + failed,
                    failed);
        }
    }

    private void report(Force.Identity read, @Nullable Force whole, Rejections.Found found, Rejections rejections) {
        Path folder = context.workingFolder().resolve(Objects.requireNonNull(report));
        Map<String, String> owners = new HashMap<>();
        if (whole == null) {
            context.err().println("fpw: the force folder has errors, so the owners of the feeds are not known");
        } else {
            for (Feed one : whole.feeds()) {
                if (one.owner() != null) {
                    owners.put(one.name(), one.owner());
                }
            }
        }
        String heading = read.name() + ", rows that are not in the figures, "
                + (date != null
                        ? "business date " + date
                        : found.release() == null
                                ? "before the first release"
                                : "release " + found.release().releaseId());
        List<String> files = new RejectionReport(owners, rejections.dates(), heading, REPORTED)
                .write(
                        found.rejections().stream()
                                .filter(row -> !row.kind().equals(Rejection.OUT_OF_SCOPE))
                                .toList(),
                        folder);
        line(
                "%s: %s",
                context.shown(folder),
                files.isEmpty() ? "README.txt; nothing was rejected" : "README.txt, " + String.join(", ", files));
    }

    /** Programs that read CSV or JSON get an empty list; the message goes to standard error. */
    private void nothingLoaded(Force.Identity read) {
        String words = "fpw: " + WarehouseDatabase.nothingLoaded(read.storage());
        switch (format) {
            case table -> context.out().println(words);
            case csv -> {
                context.err().println(words);
                csv(List.of());
            }
            case json -> {
                context.err().println(words);
                json(List.of());
            }
        }
    }

    /**
     * The force with its rules, for their messages; null if the folder has errors, which must not hide the rejections.
     */
    private @Nullable Force whole() {
        try {
            return ForceFolder.read(force.find(context));
        } catch (ForceFolderException invalid) {
            return null;
        }
    }

    private void table(Rejections.Found found) {
        if (found.release() != null) {
            line(
                    "Of release %s, data as at %s",
                    found.release().releaseId(), found.release().businessDate());
            if (!found.later().isEmpty()) {
                line(
                        "(Loads of %s are not in a release yet; use --date to see what they refused.)",
                        found.later().stream().map(LocalDate::toString).collect(Collectors.joining(", ")));
            }
            line("");
        }
        List<Rejection> failed = found.of(Rejection.FAILED);
        if (!failed.isEmpty()) {
            line("Not loaded: the latest load of a feed failed, and none of its data is in the figures");
            failed.forEach(load -> line(
                    "  %s: %s could not be loaded: %s",
                    load.businessDate(), load.feed(), load.message().replace("\n", "\n    ")));
            line("");
        }
        refused(found, failed);
        line("");
        notUsed(
                "Repeated: exact duplicates of an earlier row of the same extract; the earlier row was loaded",
                found.of(Rejection.REPEATED));
        notUsed(
                "Superseded: a later version of the key was in the same extract, or in one of a later date",
                found.of(Rejection.SUPERSEDED));
        notUsed(
                "Unreadable: values that could not be read in columns whose rows are stored without them",
                found.of(Rejection.UNREADABLE));
        excluded(found.of(Rejection.EXCLUDED), found.isComputed());
        counted(
                "Ahead: rows whose item has only dates after the last day that is counted; they count once one of them "
                        + "is reached. A date far away is most likely mistyped",
                found.of(Rejection.AHEAD),
                "core.ahead order by first_on desc, feed, row_key");
        counted("Out of scope: rows of other units, by the scope of the feed", found.of(Rejection.OUT_OF_SCOPE), null);
    }

    private void counted(String heading, List<Rejection> rows, @Nullable String table) {
        if (rows.isEmpty()) {
            return;
        }
        line("");
        line("%s", heading);
        rows.forEach(row -> line(
                "  %s %s: %,d %s: %s",
                row.feed(),
                row.businessDate(),
                row.rowCount(),
                Objects.equals(row.rowCount(), 1L) ? "row" : "rows",
                row.message()));
        if (table != null) {
            line(
                    "Each of them: %s query --force %s \"select * from %s\"",
                    context.launcher(), context.shown(force.find(context)), table);
        }
    }

    private void refused(Rejections.Found found, List<Rejection> failed) {
        line(
                date == null
                        ? "Refused: rows that could not be stored, with no accepted version of their key since"
                        : "Refused: rows that could not be stored");
        Map<String, List<Rejection>> kinds = new LinkedHashMap<>();
        for (Rejection row : found.of(Rejection.REFUSED)) {
            kinds.computeIfAbsent(
                            row.feed() + " " + row.businessDate() + "  " + row.code()
                                    + (row.field() == null ? "" : " " + row.field()),
                            kind -> new ArrayList<>())
                    .add(row);
        }
        kinds.forEach((kind, rows) -> {
            line("  %s: %s", kind, Plural.grouped(rows.size(), "row"));
            rows.stream()
                    .limit(EXAMPLES)
                    .forEach(row -> line(
                            "    line %,d: %s%s",
                            row.line(),
                            row.message(),
                            row.valueShape() == null ? "" : " (the value: " + row.valueShape() + ")"));
        });
        if (kinds.isEmpty()) {
            line(
                    failed.isEmpty()
                            ? "  none"
                            : "  none known; nothing is known about "
                                    + failed.stream().map(Rejection::feed).collect(Collectors.joining(", "))
                                    + (found.release() == null ? "" : " after this release"));
            if (date == null) {
                failed.forEach(load -> line(
                        "  Rows that its load refused: %s rejections --force %s --feed %s --date %s",
                        context.launcher(), context.shown(force.find(context)), load.feed(), load.businessDate()));
            }
        }
    }

    private void notUsed(String heading, List<Rejection> loads) {
        if (loads.isEmpty()) {
            return;
        }
        line(heading);
        loads.forEach(load -> line(
                "  %s %s%s: %,d %s",
                load.feed(),
                load.businessDate(),
                load.field() == null ? "" : "  " + load.field(),
                load.rowCount(),
                Objects.equals(load.rowCount(), 1L) ? "row" : "rows"));
        line("");
    }

    private void excluded(List<Rejection> rows, boolean isComputed) {
        line("Excluded: rows that break a rule, or that no queue uses");
        if (rows.isEmpty()) {
            line(isComputed ? "  none" : "  unknown: nothing was computed");
            return;
        }
        rows.forEach(row -> line(
                "  %s %s  %s: %,d %s: %s",
                row.feed(),
                row.businessDate(),
                row.code(),
                row.rowCount(),
                Objects.equals(row.rowCount(), 1L) ? "row" : "rows",
                row.message()));
        line("");
        line(
                "Each excluded row, of the current release: %s query --force %s \"select feed, code, row_key, "
                        + "reason from core.exclusion order by feed, code, row_key\"",
                context.launcher(), context.shown(force.find(context)));
    }

    private void csv(List<Rejection> found) {
        PrintStream out = context.out();
        out.print(Csv.line(Rejection.COLUMNS));
        found.forEach(row -> out.print(Csv.line(row.values())));
    }

    private void json(List<Rejection> found) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Rejection row : found) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < Rejection.COLUMNS.size(); i++) {
                fields.put(Rejection.COLUMNS.get(i), row.values().get(i));
            }
            rows.add(fields);
        }
        JsonOutput.print(context.out(), rows);
    }

    private void line(String format, @Nullable Object... values) {
        context.out().println(String.format(Locale.ROOT, format, values));
    }
}
