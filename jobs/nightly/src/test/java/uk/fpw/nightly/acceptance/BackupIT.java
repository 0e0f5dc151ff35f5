package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.BackupManifest;
import uk.fpw.nightly.FpwHere;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.ProgramStarter;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.nightly.run.database.DatabaseDump;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.store.backup.Backup;
import uk.fpw.warehouse.store.backup.BackupFolder;

/** Backups of a warehouse with an embedded database while it is loaded, and one of them restored. */
@Tag("thorough")
class BackupIT {

    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate SECOND = FIRST.plusDays(1);

    /** Business date of the backup during which a load is committed. */
    private static final Instant DURING = Instant.parse("2020-01-01T00:00:00Z");

    private static final String KEY = "01".repeat(32);
    private static final String FINGERPRINT = "4cb2c3cc7cbc6fca-base32";

    private static final Pattern MADE = Pattern.compile("""
            Backup (\\S+) in .*
              files of the warehouse: (\\d+); copied, because no backup had them: (\\d+) .*
              database: database\\.zip .*
            (?s:.*)""");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @Test
    void onlyNewFilesAreCopiedAndWhatIsRestoredIsTheWarehouseOfThatMoment() throws Exception {
        TrialForce force = TrialForce.in(folder.toRealPath()).drop(FIRST).drop(SECOND);
        MigratedWarehouse.in(force.warehouse());
        BackupFolder backups = new BackupFolder(folder.resolve("backups"));
        List<String> afterFirst;
        List<String> afterSecond;
        try (Connection open = force.keepOpen()) {
            assertThat(open.isValid(1)).isTrue();
            load(force, FIRST);
            afterFirst = WarehouseContent.of(force);
            Matcher first = backUp(force, backups);
            Set<String> files =
                    new HashSet<>(backups.read(first.group(1)).files().keySet());
            assertThat(backups.read(first.group(1)).keyFingerprint()).isEqualTo(FINGERPRINT);
            assertThat(first.group(2)).isEqualTo(first.group(3)).isEqualTo("" + files.size());

            Backup.Result during = backUpDuringALoad(force, backups);
            afterSecond = WarehouseContent.of(force);
            assertThat(afterSecond).isNotEqualTo(afterFirst);
            assertThat(during.manifest().files().keySet()).isEqualTo(files);
            assertThat(during.copiedCount()).isZero();

            Matcher third = backUpBesideADamagedOne(force, backups, first.group(1));
            Set<String> added =
                    new HashSet<>(backups.read(third.group(1)).files().keySet());
            added.removeAll(files);
            assertThat(added).isNotEmpty();
            assertThat(third.group(3)).isEqualTo("" + added.size());
            damagedWarehouseIsNotBackedUp(force);
        }
        assertThat(Files.getPosixFilePermissions(backups.path()).toString()).doesNotContain("OTHERS");

        TrialForce copy = TrialForce.existing(
                TestForceFolders.copy(force.folder(), folder.toRealPath().resolve("elsewhere/force")));
        anotherKeyIsRefused(copy, backups);
        Path damaged = flipAByte(backups);
        assertThat(run("backup", backups.path().toString(), "--verify").err())
                .isEqualTo("fpw: " + damage(backups, damaged));
        assertThat(restore(copy, backups, DURING).exitCode()).isEqualTo(10);
        flipAByte(backups);

        Installation.Outcome restored = restore(copy, backups, DURING);
        assertThat(restored.exitCode()).as(restored.toString()).isZero();
        assertThat(restored.out())
                .startsWith("Backup 2020-01-01T000000Z was restored: warehouse ")
                .contains("It is a separate warehouse: ", "It has no release yet.", "\n  read and compared")
                .doesNotContain("have no checksum");
        assertThat(WarehouseContent.of(copy)).isEqualTo(afterFirst);
        load(copy, SECOND);
        assertThat(WarehouseContent.of(copy)).isEqualTo(afterSecond);
        assertThat(restore(copy, backups, DURING).err())
                .startsWith("fpw: the warehouse folder " + copy.warehouse() + " is not empty. Nothing was restored. ");
    }

    private static Installation.Outcome run(String... arguments) {
        return runWithKey(KEY, arguments);
    }

    private static Installation.Outcome runWithKey(String key, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = FpwHere.run(
                Map.of("FPW_PSEUDONYM_KEY", key),
                folder,
                folder,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                arguments);
        return new Installation.Outcome(
                exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), Duration.ZERO);
    }

    private static Installation.Outcome succeed(String... arguments) {
        Installation.Outcome outcome = run(arguments);
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        return outcome;
    }

    private static void load(TrialForce force, LocalDate date) {
        succeed("ingest", "devices", "--force", force.folder().toString(), "--date", date.toString());
    }

    private static Matcher backUp(TrialForce force, BackupFolder backups) {
        return made(succeed(
                        "backup",
                        backups.path().toString(),
                        "--force",
                        force.folder().toString())
                .out());
    }

    private static Matcher backUpBesideADamagedOne(TrialForce force, BackupFolder backups, String damaged)
            throws IOException {
        Path manifest = flipAByte(backups.backup(damaged).resolve(BackupManifest.FILE));
        Installation.Outcome made = run(
                "backup",
                backups.path().toString(),
                "--keep-days",
                "1",
                "--force",
                force.folder().toString());
        assertThat(made.exitCode()).as(made.toString()).isEqualTo(10);
        assertThat(made.err())
                .startsWith("fpw: the new backup is complete, but backup " + damaged + " in " + backups.path()
                        + " is damaged:\n  " + manifest)
                .endsWith("\nDelete its folder, or restore the file from a copy; until then no backup is deleted\n");
        flipAByte(manifest);
        return made(made.out());
    }

    private static Matcher made(String out) {
        Matcher made = MADE.matcher(out);
        assertThat(made.matches()).as(out).isTrue();
        return made;
    }

    /** The load is committed between the dump and the copying. */
    private static Backup.Result backUpDuringALoad(TrialForce force, BackupFolder backups) throws SQLException {
        Force.Storage storage = ForceFolder.read(force.folder()).storage();
        try (BackupFolder.Lock lock = backups.lock()) {
            Backup backup = new Backup(lock, "1");
            String id = backup.begin(DURING);
            ProcessSupervisor processes = new ProcessSupervisor(Path.of("lib"), Map.of(), ProgramStarter.PROCESSES);
            try (DatabaseDump dump = DatabaseDump.make(storage, processes, backups.backup(id))) {
                load(force, SECOND);
                return backup.complete(id, force.warehouse(), dump.connection(), dump.name());
            }
        }
    }

    private static void damagedWarehouseIsNotBackedUp(TrialForce force) throws IOException {
        Path lost;
        try (Stream<Path> files = Files.walk(force.warehouse().resolve("data"))) {
            lost = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(lost);
        BackupFolder others = new BackupFolder(folder.resolve("others"));
        Installation.Outcome refused = run(
                "backup", others.path().toString(), "--force", force.folder().toString());
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(10);
        assertThat(refused.err())
                .startsWith("fpw: a file to be copied is gone, probably deleted by a run; starting again\n"
                        + "fpw: a file of the warehouse is damaged:\n  " + lost + ": it is missing\n");
        assertThat(others.ids()).isEmpty();
    }

    private static void anotherKeyIsRefused(TrialForce copy, BackupFolder backups) {
        Installation.Outcome refused = runWithKey(
                "02".repeat(32),
                "restore",
                backups.path().toString(),
                "--force",
                copy.folder().toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains(" was made with the pseudonym key of fingerprint " + FINGERPRINT + ", and the one given has ")
                .endsWith(" to your copy of it. Nothing was restored\n");
        assertThat(copy.warehouse()).doesNotExist();
    }

    private static Installation.Outcome restore(TrialForce copy, BackupFolder backups, Instant backup) {
        return run(
                "restore",
                backups.path().toString(),
                "--backup",
                BackupManifest.id(backup),
                "--verify",
                "--force",
                copy.folder().toString());
    }

    private static String damage(BackupFolder backups, Path file) {
        return "backup 2020-01-01T000000Z in " + backups.path() + " is damaged:\n  " + file
                + ": its content is not what was written\nUse another backup: --backup ID; it has "
                + String.join(", ", backups.ids().subList(1, backups.ids().size()))
                + "\nIf the warehouse still has the files, delete them here, and the next fpw backup copies them "
                + "again\n";
    }

    /** Flips a byte of the first data file. */
    private static Path flipAByte(BackupFolder backups) throws IOException {
        String path = backups.read(BackupManifest.id(DURING)).files().keySet().stream()
                .filter(name -> name.endsWith(".parquet"))
                .findFirst()
                .orElseThrow();
        return flipAByte(backups.path().resolve("files").resolve(path));
    }

    /** Flips the hundredth byte; flipping it again restores the file. */
    private static Path flipAByte(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[100] ^= 1;
        Files.write(file, content);
        return file;
    }
}
