package uk.fpw.nightly.catalog;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.nightly.run.database.WarehouseOwnership;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;

/**
 * The view of a warehouse, read again when its releases have changed. The database is open only while it is read, so
 * that an embedded one is free for runs, upgrades and backups. Thread-safe.
 */
public final class CatalogViews {

    /** How long a view is used although no release has changed. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** The same where {@code raw} is served, which loads change without a release. */
    static final Duration LONGEST_WITH_RAW = Duration.ofSeconds(10);

    private final Supplier<CatalogView> reader;
    private final Supplier<Object> releases;
    private final LongSupplier nanoTime;
    private final Duration longest;

    private @Nullable CatalogView view;
    private Object releasesOfView = "";
    private long readAt;

    CatalogViews(Supplier<CatalogView> reader, Supplier<Object> releases, LongSupplier nanoTime, Duration longest) {
        this.reader = reader;
        this.releases = releases;
        this.nanoTime = nanoTime;
        this.longest = longest;
    }

    /**
     * The views of a force's warehouse.
     *
     * @param environment of the process, with the password of the database and the file with the list of erasures
     * @param withSingleCases whether tables of single cases and people, and {@code raw}, are in them
     */
    public static CatalogViews of(
            Force.Identity force, Path forceFolder, Map<String, String> environment, boolean withSingleCases) {
        Force.Storage storage = force.storage();
        String password = WarehouseDatabase.password(storage, environment);
        Supplier<CatalogView> reader = () -> {
            try (HikariDataSource dataSource = WarehouseDatabase.openExisting(storage, password);
                    WarehouseCatalog catalog = WarehouseCatalog.open(storage, password)) {
                WarehouseOwnership.of(force, forceFolder, dataSource, environment)
                        .compare(false);
                return new CatalogViewReader(catalog, dataSource, withSingleCases).read();
            } catch (UncheckedSQLException failed) {
                throw FpwException.unavailable("the catalog cannot be read: " + failed.getMessage(), failed);
            }
        };
        return new CatalogViews(
                () -> secondAttempt(reader),
                () -> releases(new WarehouseFolder(storage.warehouse())),
                System::nanoTime,
                withSingleCases ? LONGEST_WITH_RAW : LONGEST);
    }

    /** Reads once more if the database did not respond: the process that served an embedded one may just have ended. */
    static CatalogView secondAttempt(Supplier<CatalogView> reader) {
        try {
            return reader.get();
        } catch (FpwException failed) {
            if (failed.exitCode() != ExitCode.UNAVAILABLE) {
                throw failed;
            }
            return reader.get();
        }
    }

    /**
     * The tables as they are now.
     *
     * @throws FpwException if the warehouse cannot be read
     */
    synchronized CatalogView latest() {
        Object now = releases.get();
        CatalogView known = view;
        if (known != null && now.equals(releasesOfView) && nanoTime.getAsLong() - readAt < longest.toNanos()) {
            return known;
        }
        view = null;
        long began = nanoTime.getAsLong();
        CatalogView read = reader.get();
        view = read;
        releasesOfView = now;
        readAt = began;
        return read;
    }

    /**
     * The current release; null if there is none.
     *
     * @throws FpwException if the warehouse cannot be read
     */
    public @Nullable ReleaseId current() {
        return latest().current();
    }

    /**
     * What changes with each release, withdrawal, pin and expiry: the file that names the current release, and the time
     * at which something was last written into the folder of each.
     */
    private static Object releases(WarehouseFolder warehouse) {
        Map<String, Object> found = new TreeMap<>();
        try {
            if (Files.isRegularFile(warehouse.currentRelease())) {
                found.put("current", Files.readString(warehouse.currentRelease()));
            }
            try (Stream<Path> folders = Files.list(warehouse.releases())) {
                for (Path folder : folders.toList()) {
                    found.put(folder.toString(), Files.getLastModifiedTime(folder));
                }
            }
        } catch (NoSuchFileException absent) {
            return found;
        } catch (IOException | UncheckedIOException unreadable) {
            throw FpwException.unavailable(warehouse.releases() + " cannot be read: " + unreadable, unreadable);
        }
        return found;
    }
}
