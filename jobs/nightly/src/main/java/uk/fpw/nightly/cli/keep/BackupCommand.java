package uk.fpw.nightly.cli.keep;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.fpw.layout.BackupManifest;
import uk.fpw.layout.RealPath;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.cli.option.FpwVersion;
import uk.fpw.nightly.run.database.DatabaseDump;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.backup.Backup;
import uk.fpw.warehouse.store.backup.BackupFolder;

/** {@code fpw backup}, as its description says. */
@Command(
        name = "backup",
        description = {
            "Adds a backup of the warehouse to a folder: the database, and every file that its tables and releases "
                    + "need. A run may go on meanwhile. Files that an earlier backup there has are not copied again.",
            "Not in it: the pseudonym key (keep a copy of it elsewhere), the force folder, and what is made again from "
                    + "the rest: exports, pages, logs. fpw restore brings a backup back.",
            "PostgreSQL is dumped by its program pg_dump, which must be installed here."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
public final class BackupCommand implements Callable<Integer> {

    /** A run that deletes files ends soon after. */
    private static final int ATTEMPTS = 3;

    private static final double MEBIBYTE = 1024 * 1024;

    @Parameters(
            paramLabel = "FOLDER",
            description = "Folder of the backups of this warehouse, on another disk; made if it does not exist.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--keep-days",
            paramLabel = "DAYS",
            description = "Then deletes backups that are older, with the files that no other backup needs. They still "
                    + "hold what the warehouse has erased since. The latest always stays. Default: all are kept.")
    private @Nullable Integer keepDays;

    @Option(
            names = "--verify",
            description = "Makes none: reads every file of every backup in the folder, and compares it with what was "
                    + "written.")
    private boolean isVerified;

    @Mixin
    private final ForceOption force = new ForceOption();

    private final CliContext context;

    /** The command in its context: environment, clock and streams. */
    public BackupCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        BackupFolder backups = new BackupFolder(context.workingFolder().resolve(folder));
        if (keepDays != null && (keepDays < 1 || isVerified)) {
            throw new FpwException(
                    ExitCode.CONFIGURATION, "--keep-days is a number of days from 1, and does not go with --verify");
        }
        if (isVerified) {
            verify(backups);
            return 0;
        }
        Force.Identity read = force.readIdentity(context);
        Path warehouse = RealPath.of(read.storage().warehouse());
        if (backups.path().startsWith(warehouse) || warehouse.startsWith(backups.path())) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    "backups in " + backups.path() + " would be lost with the warehouse " + warehouse
                            + "; name a folder elsewhere, on another disk");
        }
        if (!WarehouseDatabase.isThere(read.storage())) {
            throw new FpwException(ExitCode.UNAVAILABLE, WarehouseDatabase.nothingLoaded(read.storage()));
        }
        try (BackupFolder.Lock lock = backups.lock()) {
            Backup backup = new Backup(lock, FpwVersion.text());
            Backup.Result made = make(backup, backups, read.storage(), warehouse);
            print(made, backups);
            if (made.damaged() != null) {
                throw besideDamaged(made.damaged());
            }
            if (keepDays != null) {
                prune(backup, context.clock().instant().minus(Duration.ofDays(keepDays)));
            }
        }
        return 0;
    }

    private void prune(Backup backup, Instant before) {
        try {
            backup.prune(before).forEach(id -> context.out().println("  deleted: backup " + id));
        } catch (FpwException failed) {
            throw failed.exitCode() == ExitCode.DAMAGED ? besideDamaged(failed) : failed;
        }
    }

    private static FpwException besideDamaged(FpwException damaged) {
        return new FpwException(
                ExitCode.DAMAGED,
                "the new backup is whole, but " + damaged.getMessage()
                        + "\nDelete its folder, or bring the file back from a copy; until then no backup is deleted",
                damaged);
    }

    /** A run may delete a file that the dump still names: then the dump is made again. */
    private Backup.Result make(Backup backup, BackupFolder backups, Force.Storage storage, Path warehouse) {
        String before = "";
        for (int attempt = 1; ; attempt++) {
            String id = backup.begin(context.clock().instant());
            try (DatabaseDump dump = DatabaseDump.make(storage, context.processes(), backups.backup(id))) {
                return backup.complete(id, warehouse, dump.connection(), dump.name());
            } catch (SQLException failed) {
                throw new FpwException(
                        ExitCode.UNAVAILABLE,
                        "the dump of the database cannot be read: " + DatabaseErrors.reason(failed) + "; run again",
                        failed);
            } catch (RuntimeException failed) {
                FpwException damage = Damage.causeOf(failed);
                if (damage == null || attempt == ATTEMPTS || before.equals(damage.getMessage())) {
                    throw failed;
                }
                before = String.valueOf(damage.getMessage());
                context.err()
                        .println(
                                "fpw: a file that was to be copied is gone; a run may just have deleted it. The backup "
                                        + "is begun again");
            }
        }
    }

    private void print(Backup.Result result, BackupFolder backups) {
        BackupManifest manifest = result.manifest();
        context.out()
                .println("Backup " + manifest.id() + " in " + context.shown(backups.path()) + ": "
                        + (manifest.currentRelease() == null
                                ? "no release yet"
                                : "current release " + manifest.currentRelease()));
        context.out()
                .println("  files of the warehouse: " + manifest.files().size() + "; copied, since no backup had them: "
                        + result.copiedCount() + mebibytes(result.copiedBytes()));
        context.out()
                .println("  database: " + manifest.database().file()
                        + mebibytes(manifest.database().digest().bytes()));
        if (manifest.keyFingerprint() != null) {
            context.out()
                    .println("  not in it: the pseudonym key of fingerprint " + manifest.keyFingerprint()
                            + ", without which it cannot be restored");
        }
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, " (%.1f MiB)", bytes / MEBIBYTE);
    }

    private void verify(BackupFolder backups) {
        FpwException damage = null;
        backups.read(null);
        for (String id : backups.ids()) {
            try {
                BackupManifest manifest = backups.read(id);
                backups.verify(manifest);
                context.out()
                        .println("Backup " + id + ": " + manifest.files().size() + " files and the database are whole");
            } catch (FpwException damaged) {
                context.out().println("Backup " + id + ": damaged");
                damage = damage == null ? damaged : damage;
            }
        }
        if (damage != null) {
            throw damage;
        }
    }
}
