package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.fpw.layout.BackupManifest;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.cli.option.ForceOption;
import uk.fpw.nightly.run.database.DatabaseDump;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.publish.ReaderFiles;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.backup.BackupFolder;
import uk.fpw.warehouse.store.backup.Restore;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.identity.ObjectStoreLimit;
import uk.fpw.warehouse.store.identity.Relocation;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.WarehouseLock;
import uk.fpw.warehouse.store.release.ReleasePins;

/** Implements {@code fpw restore}. */
@Command(
        name = "restore",
        description = {
            "Restores a warehouse from a backup that fpw backup made: into the empty folder and the empty database "
                    + "that force.yml names. Every file is compared with what was written. If interrupted, the same "
                    + "command continues.",
            "It needs the pseudonym key of the backup (FPW_PSEUDONYM_KEY or its file), and for PostgreSQL its program "
                    + "pg_restore. It stays the same warehouse, unless the original is still in its place: then "
                    + "this one "
                    + "becomes a separate one.",
            "If rows were erased after the backup (FPW_ERASURES_FILE), it ends with exit code 2 and the warehouse "
                    + "cannot be used until fpw erase --again has erased them again.",
            "Only from a folder of your own: a database can contain code that runs when it is opened."
        })
public final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "Folder of the backups.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--backup", paramLabel = "ID", description = "Such as 2026-11-23T120000Z. Default: the latest.")
    private @Nullable String id;

    @Option(
            names = "--verify",
            description = "Then verify the warehouse: read every file in its new place, and recount the current "
                    + "release, as fpw verify --files and fpw verify do.")
    private boolean isVerified;

    @Mixin
    private final ForceOption force = new ForceOption();

    private final CliContext context;
    private final Supplier<CommandLine> commands;

    /** Creates the command with the environment, clock and streams of a context. */
    public RestoreCommand(CliContext context, Supplier<CommandLine> commands) {
        this.context = context;
        this.commands = commands;
    }

    @Override
    public Integer call() {
        Force.Identity read = force.readIdentity(context);
        ObjectStoreLimit.BACKUP.refuse(read.storage().tables());
        Force.Storage storage = read.storage();
        String password = WarehouseDatabase.password(storage, context.environment());
        BackupFolder backups = new BackupFolder(context.workingFolder().resolve(folder));
        BackupManifest manifest = backups.read(id);
        if (!manifest.warehouse().forceCode().equals(read.code())) {
            throw FpwException.configuration("backup " + manifest.id() + " is of force '"
                    + manifest.warehouse().forceCode() + "', and the force folder of '" + read.code()
                    + "'. Nothing was restored");
        }
        Restore restore = new Restore(backups, manifest, storage.warehouse());
        restore.requireKey(Pseudonymiser.fromEnvironment(
                        context.environment(), manifest.warehouse().keyFormat())
                .fingerprint());
        ErasureList list = ErasureList.fromEnvironment(context.environment());
        if (list != null) {
            list.read(); // an unreadable one is reported before anything is copied
        }
        boolean isBegun = restore.requireEmpty();
        DatabaseDump.requireEmpty(storage, password, manifest.database().file(), isBegun);
        restore.copyFiles();
        DatabaseDump.restore(
                storage, context.processes(), backups.dump(manifest).path());
        print(manifest, putInPlace(read, password));
        String lacking = lacking(read, password);
        restore.finish();
        if (lacking == null && list == null) {
            context.out()
                    .println("Whether rows were erased after the backup is unknown, since no list of erasures is kept; "
                            + ErasureList.howToKeepOne() + ".");
        }
        if (lacking != null) {
            throw FpwException.configuration(
                    "the backup was restored, but " + lacking + "." + (isVerified ? " It was not verified" : ""));
        }
        return isVerified ? verify(manifest) : 0;
    }

    /** Why the restored warehouse cannot be used yet; null if it has all listed erasures. */
    private @Nullable String lacking(Force.Identity read, String password) {
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(read.storage(), password, 1)) {
            WarehouseOwnership.of(read, force.find(context), dataSource, context.environment())
                    .requireErasures();
            return null;
        } catch (FpwException refused) {
            if (refused.exitCode() != ExitCode.CONFIGURATION) {
                throw refused;
            }
            return refused.getMessage();
        }
    }

    /** Makes the folder match the paths in the database. */
    private Relocation.Outcome putInPlace(Force.Identity read, String password) {
        Force.Storage storage = read.storage();
        Path forceFolder = force.find(context);
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(storage, password, 4)) {
            try (Connection connection = dataSource.getConnection()) {
                WarehouseLock.free(connection);
            } catch (SQLException failed) {
                throw FpwException.unavailable(
                        "the restored database does not respond: " + DatabaseErrors.reason(failed) + "; run again",
                        failed);
            }
            try (WarehouseLock lock = WarehouseLock.acquire(dataSource::getConnection, "restoration", read.zone())) {
                Relocation.Outcome outcome = new Relocation(
                                dataSource::getConnection,
                                storage.jdbcUrl(),
                                storage.warehouse(),
                                read.code(),
                                forceFolder,
                                lock)
                        .runRestored(context.clock().instant());
                WarehouseOwnership.ofRestored(read, forceFolder, dataSource).confirm(true);
                try (WarehouseCatalog catalog = WarehouseCatalog.open(storage, password)) {
                    new ReaderFiles(dataSource, catalog, storage.warehouse(), lock).follow();
                }
                ReleasePins pins = new ReleasePins(dataSource, storage.warehouse());
                for (Release release : new Releases(dataSource).list()) {
                    if (release.name() != null) {
                        pins.pin(release.releaseId().value(), release.name());
                    }
                }
                return outcome;
            }
        }
    }

    private void print(BackupManifest manifest, Relocation.Outcome outcome) {
        WarehouseIdentity identity = outcome.identity();
        context.out()
                .println("Backup " + manifest.id() + " was restored: warehouse " + identity.id() + " (force "
                        + identity.forceCode() + ") is in " + identity.path() + ", "
                        + manifest.files().size() + " files, all undamaged.");
        if (!identity.id().equals(manifest.warehouse().id())) {
            context.out()
                    .println("It is a separate warehouse: "
                            + manifest.warehouse().id() + " is still in "
                            + manifest.warehouse().path() + ".");
        }
        context.out()
                .println((manifest.currentRelease() == null
                                ? "It has no release yet."
                                : "Its current release is " + manifest.currentRelease() + ".")
                        + " What was loaded after the backup is missing: run those dates again (fpw nightly --from D "
                        + "--to D), fpw report makes the pages, fpw export the files of a release.");
    }

    private int verify(BackupManifest manifest) {
        String folderOfForce = force.find(context).toString();
        int code = commands.get().execute("verify", "--files", "--force", folderOfForce);
        return code != 0 || manifest.currentRelease() == null
                ? code
                : commands.get().execute("verify", "--force", folderOfForce);
    }
}
