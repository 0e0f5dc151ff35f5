package uk.fpw.nightly.cli.look;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Models;
import uk.fpw.nightly.audit.AuditProcess;
import uk.fpw.nightly.audit.AuditedTables;
import uk.fpw.nightly.cli.option.ChosenRelease;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.FormatOption;
import uk.fpw.nightly.cli.option.JsonOutput;
import uk.fpw.nightly.cli.option.ScratchFolder;
import uk.fpw.nightly.run.change.FrozenNotes;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/** Implements {@code fpw verify}. */
@Command(
        name = "verify",
        description = {
            "Verifies a release without changing anything: compares its files with what was released, "
                    + "repeats the tests of its tables, and recounts all its numbers from the events. Of a release "
                    + "from which rows were erased, only files and digests are compared.",
            "With --files: compares the files of the whole warehouse, of every feed, table and release, with the "
                    + "checksums that were computed as they were written.",
            "Ends with exit code 10 if a file is missing or damaged, with 5 if a sound release differs from what was "
                    + "released, and reports what could not be checked."
        })
public final class VerifyCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "RELEASE",
            description = "Such as 2016-01-12.1, or its pinned name. Default: the current release.")
    private @Nullable String release;

    @Option(names = "--files", description = "The files of the whole warehouse, instead of one release.")
    private boolean isOfFiles;

    @Option(
            names = "--every",
            paramLabel = "DAYS",
            description =
                    "With --files: check that every file exists, but read only a day's share of them, so that each is "
                            + "read once in this many days; the next call continues from there. For a timer, such "
                            + "as --every 30.")
    private @Nullable Integer every;

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final FormatOption format = new FormatOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public VerifyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if ((release != null && isOfFiles) || (every != null && (!isOfFiles || every < 1))) {
            throw FpwException.configuration(
                    isOfFiles && every == null
                            ? "--files verifies every release; do not name one"
                            : "--every must be 1 or more, and needs --files");
        }
        Force.Identity read = force.readIdentity(context);
        if (isOfFiles) {
            VerifiedFiles.verify(
                    read,
                    force.find(context),
                    context,
                    every,
                    LocalDate.ofInstant(context.clock().instant(), read.zone()),
                    format.isJson());
            return 0;
        }
        Path warehouse = read.storage().warehouse();
        Chosen chosen = chosen(read);
        ReleaseFile file = ReleaseFiles.read(warehouse, chosen.releaseId());
        line("Release " + file.releaseId() + ", data as at the end of " + file.businessDate() + ": "
                + file.tables().size() + " tables");
        Map<String, List<WrittenFile.Comparison>> damaged = damaged(file, warehouse);
        List<String> wrong = new ArrayList<>();
        boolean isOld = file.definitions().isEmpty();
        List<ReleaseFile.Table> looked = file.tables().stream()
                .filter(table -> Models.find(table.name()).isPresent())
                .filter(table -> !table.expired() && !damaged.containsKey(table.name()))
                .toList();
        boolean isWhole = !isOld && looked.size() == file.tables().size();
        if (!isWhole) {
            // tests over several tables need all of them
            looked = looked.stream()
                    .filter(table -> table.name().startsWith("mart."))
                    .toList();
        }
        AuditResult audit = audit(
                context,
                file,
                looked,
                warehouse,
                isOfOtherDefinitions(file) || chosen.isErased() ? AuditRequest.NO_SERIES : AuditRequest.EVERY_SERIES);
        Map<String, String> different = different(file, looked, audit);
        different.forEach((table, how) -> wrong.add(table + ": " + how));
        if (!chosen.isErased()) {
            audit.quality().stream()
                    .filter(test -> test.severity().equals("stop") && test.failedCount() > 0)
                    .map(VerifyCommand::describe)
                    .forEach(wrong::add);
        }
        List<QualityResult> recounts = audit.quality().stream()
                .filter(test -> test.code().startsWith(AuditResult.COUNTED_AGAIN))
                .toList();
        VerifyFields found = new VerifyFields(
                file,
                looked,
                audit,
                different,
                damaged,
                chosen.isErased()
                        ? List.of()
                        : audit.quality().stream()
                                .filter(test -> !recounts.contains(test))
                                .toList(),
                recounts,
                wrong,
                notRecounted(
                        file,
                        chosen.isErased(),
                        isWhole && audit.tables().stream().allMatch(AuditResult.Table::wasRead)),
                FrozenNotes.of(file));
        if (format.isJson()) {
            JsonOutput.print(context.out(), found.fields());
        } else {
            print(found);
        }
        if (!damaged.isEmpty()) {
            damaged.keySet().forEach(table -> line("  damaged: " + table));
            wrong.forEach(one -> line("  differs: " + one));
            throw Damage.of(damaged.values().stream().flatMap(List::stream).toList());
        }
        if (!wrong.isEmpty()) {
            throw new FpwException(
                    ExitCode.AUDIT_FAILED,
                    "release " + file.releaseId()
                            + " differs from what was released; do not use its figures until the cause is known:\n  "
                            + String.join("\n  ", wrong));
        }
        return 0;
    }

    private void line(String words) {
        if (!format.isJson()) {
            context.out().println(words);
        }
    }

    /**
     * The release.
     *
     * @param isErased whether rows were erased from it: its figures still count them, its items no longer have them
     */
    private record Chosen(ReleaseId releaseId, boolean isErased) {}

    private Chosen chosen(Force.Identity read) {
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 1)) {
            WarehouseOwnership.warn(read, force.find(context), dataSource, context.err());
            WarehouseOwnership.of(read, force.find(context), dataSource, context.environment())
                    .requireErasures();
            Releases releases = new Releases(dataSource);
            ReleaseId chosen = ChosenRelease.id(releases, release);
            WithdrawnReleases.Withdrawn withdrawn =
                    new WithdrawnReleases(dataSource).all().get(chosen);
            if (withdrawn != null) {
                context.err()
                        .println("fpw: release " + chosen + " was withdrawn by " + withdrawn.by() + ": "
                                + withdrawn.reason() + ". Do not use its figures");
            }
            return new Chosen(
                    chosen,
                    new Erasures(dataSource)
                            .removedRows(chosen).values().stream().anyMatch(count -> count > 0));
        }
    }

    /**
     * Whether the release was created by a version that defines its numbers differently or recounted them in another
     * way.
     */
    private static boolean isOfOtherDefinitions(ReleaseFile file) {
        return file.definitionDigest() != null && !file.definitionDigest().equals(FigureDefinition.digest());
    }

    /**
     * Tables with files that are missing or differ from what was released; all exist as long as the release can be
     * queried.
     */
    private static Map<String, List<WrittenFile.Comparison>> damaged(ReleaseFile file, Path warehouse) {
        Map<String, List<WrittenFile.Comparison>> damaged = new LinkedHashMap<>();
        for (ReleaseFile.Table table : file.tables()) {
            for (WrittenFile written : table.writtenIn(warehouse)) {
                try {
                    WrittenFile.Comparison found = written.compare();
                    if (found.isDamaged()) {
                        damaged.computeIfAbsent(table.name(), first -> new ArrayList<>())
                                .add(found);
                    }
                } catch (IOException failed) {
                    throw new UncheckedIOException("cannot read " + written.path() + ": " + failed, failed);
                }
            }
        }
        return damaged;
    }

    /** Reads the tables of a release whose files are in the warehouse, and recounts its numbers. */
    public static AuditResult audit(
            CliContext context, ReleaseFile file, List<ReleaseFile.Table> tables, Path warehouse, long maxSpells) {
        Path scratch = ScratchFolder.create();
        AuditedTables audited = new AuditedTables(
                file.releaseId(),
                file.owner().zone(),
                DefinedRows.texts(file.definitions()),
                tables.stream()
                        .map(table -> new AuditRequest.Table(
                                table.name(),
                                table.columns().stream()
                                        .map(ReleaseFile.Column::name)
                                        .toList(),
                                table.files().stream()
                                        .map(path -> warehouse.resolve(path).toString())
                                        .toList()))
                        .toList(),
                maxSpells);
        AuditResult result = new AuditProcess(context.processes()).audit(audited, scratch.resolve("release"));
        // Not in a finally block: if a process failed, its log is here and the message names it.
        ScratchFolder.delete(scratch);
        return result;
    }

    /** What differs from the released rows, by table. */
    private static Map<String, String> different(ReleaseFile file, List<ReleaseFile.Table> tables, AuditResult audit) {
        Map<String, String> different = new LinkedHashMap<>();
        for (int i = 0; i < tables.size(); i++) {
            ReleaseFile.Table released = tables.get(i);
            AuditResult.Table found = audit.tables().get(i);
            if (!found.wasRead()) {
                continue; // reported by a test
            }
            if (released.rowCount() != found.rowCount()) {
                different.put(
                        released.name(),
                        released.rowCount() + " rows were released, and " + found.rowCount() + " were found");
            } else if (!file.definitions().isEmpty() && !released.digest().equals(found.digest())) {
                different.put(
                        released.name(),
                        "its rows differ from the released ones (digest " + found.digest() + " instead of "
                                + released.digest() + ")");
            }
        }
        return different;
    }

    /**
     * Why the numbers of a release were not recounted; null if they were.
     *
     * @param isWhole whether all its tables could be read
     */
    private static @Nullable String notRecounted(ReleaseFile file, boolean isErased, boolean isWhole) {
        if (isErased) {
            return "not recounted, and tests not repeated: rows were erased from the release, and its figures still "
                    + "count them; its tables were compared with what was left";
        }
        if (isOfOtherDefinitions(file)) {
            return "not recounted: fpw " + file.versions().softwareVersion()
                    + ", which created the release, uses other definitions than this version; "
                    + "verify it with that version too";
        }
        if (isWhole) {
            return null;
        }
        return file.definitions().isEmpty()
                ? "not recounted, and digests not compared: the release was created by an earlier version, "
                        + "which did not store the definitions of the force"
                : file.tables().stream().anyMatch(ReleaseFile.Table::expired)
                        ? "not recounted: this needs the events, and " + ReleaseFile.CORE_IS_KEPT
                        : "not recounted: this needs every table of the release";
    }

    private void print(VerifyFields found) {
        line("  checked " + found.looked().size() + " tables, " + found.tests().size() + " tests");
        String notRecounted = found.notRecounted();
        line(
                notRecounted == null
                        ? "  recounted from the events, every series: " + VerifyFields.equal(found.recounts()) + " of "
                                + found.recounts().size() + " comparisons are equal"
                        : "  " + notRecounted);
        found.notes().forEach(note -> line("  " + note));
        List<String> others = found.file().tables().stream()
                .filter(table -> !found.looked().contains(table))
                .map(ReleaseFile.Table::name)
                .toList();
        if (!others.isEmpty()) {
            line("  not checked: " + String.join(", ", others));
        }
    }

    private static String describe(QualityResult test) {
        return test.table() + " " + test.code() + " (" + test.failedCount() + "): " + test.message();
    }
}
