package uk.fpw.nightly;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import uk.fpw.nightly.audit.AuditProcess;
import uk.fpw.nightly.night.Database;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.release.ReleaseFile;
import uk.fpw.warehouse.release.Releases;
import uk.fpw.warehouse.run.AuditResult;
import uk.fpw.warehouse.run.AuditRun;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;
import uk.fpw.warehouse.run.NightFailure;

@Command(
        name = "verify",
        description = {
            "Looks at a release again, and changes nothing: whether its files hold what was released, the tests of its tables, and every one of its numbers once more from the events.",
            "Ends with code 5 if anything is not as it was released. Says what could not be looked at: the events of a release are kept for 14 days, unless it has a name."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class VerifyCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "RELEASE",
            description = "Such as 2016-01-12.1, or the name under which it is kept. Default: the current one.")
    private @Nullable String release;

    @Mixin
    private final ForceOption force = new ForceOption();

    private final Surroundings surroundings;

    VerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(surroundings);
        Path warehouse = read.storage().warehouse();
        ReleaseFile file = ReleaseFile.read(warehouse, chosen(read));
        surroundings
                .out()
                .println("Release " + file.releaseId() + ", data as at the end of " + file.businessDate() + ": "
                        + file.tables().size() + " tables");
        if (file.definitions().isEmpty()) {
            surroundings
                    .out()
                    .println(
                            "  it was made by an earlier version, which did not keep what the force defined, and calculated digests otherwise: only the tables can be looked at, each by itself");
        }
        List<ReleaseFile.Table> there = file.tables().stream()
                .filter(table -> !file.definitions().isEmpty() || table.name().startsWith("mart."))
                .filter(table -> table.files().stream().allMatch(path -> Files.exists(warehouse.resolve(path))))
                .toList();
        boolean hasCore = file.tables().stream()
                .filter(table -> table.name().startsWith("core."))
                .allMatch(there::contains);
        List<ReleaseFile.Table> looked = hasCore
                ? there
                : there.stream()
                        .filter(table -> table.name().startsWith("mart."))
                        .toList();
        AuditResult audit = audit(file, looked, warehouse);
        List<String> wrong = new ArrayList<>(different(file, looked, audit));
        audit.quality().stream()
                .filter(test -> test.severity().equals("stop") && test.failedCount() > 0)
                .map(VerifyCommand::inWords)
                .forEach(wrong::add);
        say(file, looked, hasCore, audit);
        if (!wrong.isEmpty()) {
            throw new NightFailure(
                    ExitCode.AUDIT_FAILED,
                    "release " + file.releaseId()
                            + " is not what was released; do not use its figures before it is known why:\n  "
                            + String.join("\n  ", wrong));
        }
        return 0;
    }

    private String chosen(Force.Identity read) {
        String password = Database.password(read.storage(), surroundings.environment());
        try (HikariDataSource dataSource = Database.openExisting(read.storage(), password, 1)) {
            Releases releases = new Releases(dataSource);
            String chosen = release == null ? releases.currentId() : releases.idOf(release);
            if (chosen == null) {
                throw new NightFailure(
                        ExitCode.CONFIGURATION, "there is no release yet; run a night first: fpw nightly");
            }
            return chosen;
        }
    }

    private AuditResult audit(ReleaseFile file, List<ReleaseFile.Table> tables, Path warehouse) {
        Path scratch = CheckCommand.makeScratch();
        try {
            return new AuditProcess(surroundings.lib())
                    .audit(
                            file.releaseId(),
                            file.zone(),
                            DefinedRows.texts(file.definitions()),
                            tables.stream()
                                    .map(table -> new AuditRun.Table(
                                            table.name(),
                                            table.files().stream()
                                                    .map(path -> warehouse
                                                            .resolve(path)
                                                            .toString())
                                                    .toList()))
                                    .toList(),
                            true,
                            scratch.resolve("release"));
        } finally {
            CheckCommand.delete(scratch);
        }
    }

    private static List<String> different(ReleaseFile file, List<ReleaseFile.Table> tables, AuditResult audit) {
        List<String> different = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            ReleaseFile.Table released = tables.get(i);
            AuditResult.Table found = audit.tables().get(i);
            if (released.rowCount() != found.rowCount()) {
                different.add(released.name() + ": " + released.rowCount() + " rows were released, and "
                        + found.rowCount() + " are there");
            } else if (!file.definitions().isEmpty() && !released.digest().equals(found.digest())) {
                different.add(released.name() + ": its rows are not those that were released (digest " + found.digest()
                        + " instead of " + released.digest() + ")");
            }
        }
        return different;
    }

    private void say(ReleaseFile file, List<ReleaseFile.Table> looked, boolean hasCore, AuditResult audit) {
        List<QualityResult> recounts = audit.quality().stream()
                .filter(test -> test.code().startsWith("COUNTED_AGAIN"))
                .toList();
        long passed = recounts.stream().filter(test -> test.failedCount() == 0).count();
        surroundings
                .out()
                .println("  looked at " + looked.size() + " tables, "
                        + (audit.quality().size() - recounts.size()) + " tests");
        surroundings
                .out()
                .println(
                        hasCore && !file.definitions().isEmpty()
                                ? "  counted again from the events, every series: " + passed + " of " + recounts.size()
                                        + " comparisons are equal"
                                : "  not counted again, since its events are no longer kept");
        List<String> gone = file.tables().stream()
                .filter(table -> !looked.contains(table))
                .map(ReleaseFile.Table::name)
                .collect(Collectors.toList());
        if (!gone.isEmpty()) {
            surroundings.out().println("  not looked at: " + String.join(", ", gone));
        }
    }

    private static String inWords(QualityResult test) {
        return test.table() + " " + test.code() + " (" + test.failedCount() + "): " + test.message();
    }
}
