package uk.fpw.nightly.run.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.DiskFull;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.FilePermissions;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.identity.IdentityCheck;

/** Checks that the warehouse named by a force folder belongs to it. */
public final class WarehouseOwnership {

    private WarehouseOwnership() {}

    /**
     * The check for a force's warehouse, whose database is open. It also fails if the warehouse lacks an erasure of the
     * list that the environment names.
     */
    public static IdentityCheck of(Force force, HikariDataSource dataSource, Map<String, String> environment) {
        return of(force.storage(), force.code(), force.folder(), dataSource, ErasureList.fromEnvironment(environment));
    }

    /** The same for a command that has not read the whole folder. */
    public static IdentityCheck of(
            Force.Identity force, Path forceFolder, HikariDataSource dataSource, Map<String, String> environment) {
        return of(force.storage(), force.code(), forceFolder, dataSource, ErasureList.fromEnvironment(environment));
    }

    /** The check without erasures, for a warehouse that is just being restored. */
    public static IdentityCheck ofRestored(Force.Identity force, Path forceFolder, HikariDataSource dataSource) {
        return of(force.storage(), force.code(), forceFolder, dataSource, null);
    }

    /**
     * Fails if the warehouse is not this user's or not the force folder's, if its embedded database is not known, or if
     * there is no disk space for temporary files, before a run leaves anything in it. If the database does not respond,
     * this is left to the run, which logs it.
     *
     * @param adoptsFolder whether a force folder other than the last writing one may write
     * @return the database of the warehouse, which the caller closes; null if there is none yet, or it does not respond
     */
    public static @Nullable HikariDataSource openOwn(
            Force force, boolean adoptsFolder, Map<String, String> environment) {
        FilePermissions.requireOwnWarehouse(force.storage().warehouse());
        refuseForeignFolder(force.storage());
        DiskFull.requireScratch(force.storage().warehouse());
        if (!WarehouseDatabase.isThere(force.storage())) {
            IdentityCheck.refuseLostDatabase(
                    force.storage().warehouse(),
                    WarehouseDatabase.file(force.storage()).toString(),
                    false);
            return null;
        }
        WarehouseDatabase.refuseUnknown(force.storage());
        HikariDataSource opened;
        try {
            opened = WarehouseDatabase.openAsItIs(
                    force.storage(), WarehouseDatabase.password(force.storage(), environment));
        } catch (FpwException failed) {
            if (failed.exitCode() == ExitCode.DAMAGED) {
                throw failed;
            }
            return null;
        }
        try {
            of(force, opened, environment).compare(adoptsFolder);
            return opened;
        } catch (RuntimeException refused) {
            opened.close();
            throw refused;
        }
    }

    /** Fails if the warehouse folder exists and is somebody else's: neither a warehouse nor empty. */
    public static void refuseForeignFolder(Force.Storage storage) {
        IdentityCheck.refuseForeignFolder(storage.warehouse(), WarehouseDatabase.embeddedFile(storage));
    }

    /** Prints what is wrong with the identity of a warehouse that is about to be read; reading continues. */
    public static void warn(Force.Identity force, Path forceFolder, HikariDataSource dataSource, PrintStream err) {
        FpwException mismatch = ofRestored(force, forceFolder, dataSource).mismatch();
        if (mismatch != null) {
            err.println((mismatch.exitCode() == ExitCode.DAMAGED
                            ? "fpw: "
                            : "fpw: the following may belong to another warehouse: ")
                    + mismatch.getMessage());
        }
    }

    /** Prints that the warehouse lacks erasures, or that their list cannot be read; reading continues. */
    public static void reportErasures(
            Force.Identity force,
            Path forceFolder,
            HikariDataSource dataSource,
            Map<String, String> environment,
            PrintStream err) {
        try {
            of(force, forceFolder, dataSource, environment).requireErasures();
        } catch (FpwException refused) {
            if (refused.exitCode() != ExitCode.CONFIGURATION) {
                throw refused;
            }
            err.println("fpw: " + refused.getMessage());
        }
    }

    private static IdentityCheck of(
            Force.Storage storage,
            String code,
            Path forceFolder,
            HikariDataSource dataSource,
            @Nullable ErasureList list) {
        return new IdentityCheck(
                        dataSource::getConnection, storage.jdbcUrl(), storage.warehouse(), code, forceFolder, list)
                .withTables(storage.tables());
    }
}
