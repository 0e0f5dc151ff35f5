package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.backup.Backup;
import uk.fpw.warehouse.store.backup.BackupFolder;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.identity.ObjectStoreLimit;

/** Implements {@code fpw backup}. */
@Command(
        name = "backup",
        description = {
            "Adds a backup of the warehouse to a folder: the database, and every file that its tables and releases "
                    + "need. A run may continue meanwhile. Files that an earlier backup there contains are not "
                    + "copied again.",
            "Not included: the pseudonym key (keep a copy of it elsewhere), the force folder, and what is made from "
                    + "the rest: exports, pages, logs. fpw restore restores a backup.",
            "PostgreSQL is dumped by its program pg_dump, which must be installed here."
        })
public final class BackupCommand implements Callable<Integer> {

    /** A run that deletes files ends soon after. */
    private static final int ATTEMPTS = 3;

    private static final double MEBIBYTE = 1024 * 1024;

    @Parameters(
            paramLabel = "FOLDER",
            description = "Folder of the backups of this warehouse, on another disk; created if it does not exist.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--keep-days",
            paramLabel = "DAYS",
            description = "Afterwards delete older backups, and the files that no other backup needs: they still "
                    + "contain what the warehouse has erased since. The latest is always kept. Default: keep all.")
    private @Nullable Integer keepDays;

    @Option(
            names = "--verify",
            description = "Make no backup: read every file of every backup in the folder, and compare it with what was "
                    + "written.")
    private boolean isVerified;

    @Mixin
    private final ForceOption force = new ForceOption();

    private final CliContext context;

    /** Creates the command with the environment, clock and streams of a context. */
    public BackupCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        BackupFolder backups = new BackupFolder(context.workingFolder().resolve(folder));
        if (keepDays != null && (keepDays < 1 || isVerified)) {
            throw FpwException.configuration("--keep-days must be 1 or more, and cannot be combined with --verify");
        }
        if (isVerified) {
            verify(backups);
            return 0;
        }
        Force.Identity read = force.readIdentity(context);
        ObjectStoreLimit.BACKUP.refuse(read.storage().tables());
        Path warehouse = RealPath.of(read.storage().warehouse());
        if (backups.path().startsWith(warehouse) || warehouse.startsWith(backups.path())) {
            throw FpwException.configuration("backups in " + backups.path() + " would be lost with the warehouse "
                    + warehouse + "; name a folder elsewhere, on another disk");
        }
        if (!WarehouseDatabase.isThere(read.storage())) {
            throw FpwException.unavailable(WarehouseDatabase.nothingLoaded(read.storage()));
        }
        ErasureList list = ErasureList.fromEnvironment(context.environment());
        if (list != null) {
            requireErasures(read);
        }
        try (BackupFolder.Lock lock = backups.lock()) {
            Backup backup = new Backup(lock, FpwVersion.text());
            Backup.Result made = make(backup, backups, read.storage(), warehouse);
            print(made, backups);
            if (list != null) {
                print(list.of(read.code(), List.of(made.manifest().warehouse().id())), list, backups);
            }
            if (made.damaged() != null) {
                throw besideDamaged(made.damaged());
            }
            if (keepDays != null) {
                prune(backup, context.clock().instant().minus(Duration.ofDays(keepDays)));
            }
        }
        return 0;
    }

    /** A backup of a warehouse with erased rows would keep them longer. */
    private void requireErasures(Force.Identity read) {
        String password = WarehouseDatabase.password(read.storage(), context.environment());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 1)) {
            WarehouseOwnership.of(read, force.find(context), dataSource, context.environment())
                    .requireErasures();
        }
    }

    private void print(List<ListedErasure> erasures, ErasureList list, BackupFolder backups) {
        erasures.stream()
                .map(erasure -> erasure.cause().startedAt())
                .max(Comparator.naturalOrder())
                .ifPresent(last -> {
                    context.out()
                            .println("  not included: the list of erasures " + list.file()
                                    + ", by which fpw restore recognises that a backup lacks them");
                    long earlier = backups.ids().stream()
                            .filter(id -> id.compareTo(BackupManifest.id(last)) < 0)
                            .count();
                    if (earlier > 0) {
                        context.out()
                                .println("  earlier backups from before the last erasure, which may contain erased "
                                        + "rows: " + earlier);
                    }
                });
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
                "the new backup is complete, but " + damaged.getMessage()
                        + "\nDelete its folder, or restore the file from a copy; until then no backup is deleted",
                damaged);
    }

    /** A run may delete a file that the dump still names; then the dump is repeated. */
    private Backup.Result make(Backup backup, BackupFolder backups, Force.Storage storage, Path warehouse) {
        String before = "";
        for (int attempt = 1; ; attempt++) {
            String id = backup.begin(context.clock().instant());
            try (DatabaseDump dump = DatabaseDump.make(storage, context.processes(), backups.backup(id))) {
                return backup.complete(id, warehouse, dump.connection(), dump.name());
            } catch (SQLException failed) {
                throw FpwException.unavailable(
                        "the dump of the database cannot be read: " + DatabaseErrors.reason(failed) + "; run again",
                        failed);
            } catch (RuntimeException failed) {
                FpwException damage = Damage.causeOf(failed);
                if (damage == null || attempt == ATTEMPTS || before.equals(damage.getMessage())) {
                    throw failed;
                }
                before = String.valueOf(damage.getMessage());
                context.err().println("fpw: a file to be copied is gone, probably deleted by a run; starting again");
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
                .println("  files of the warehouse: " + manifest.files().size() + "; copied, because no backup had "
                        + "them: "
                        + result.copiedCount() + mebibytes(result.copiedBytes()));
        context.out()
                .println("  database: " + manifest.database().file()
                        + mebibytes(manifest.database().digest().bytes()));
        if (manifest.keyFingerprint() != null) {
            context.out()
                    .println("  not included: the pseudonym key with fingerprint " + manifest.keyFingerprint()
                            + ", which fpw restore needs");
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
                        .println("Backup " + id + ": " + manifest.files().size() + " files and the database are "
                                + "undamaged");
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
