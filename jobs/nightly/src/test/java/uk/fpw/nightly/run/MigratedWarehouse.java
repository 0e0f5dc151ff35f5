package uk.fpw.nightly.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.TrustedDatabases;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * A warehouse in which nothing is but the tables of its embedded database, as a first run that was killed leaves it.
 * The
 * migrations take two seconds of a processor, and few tests are about them.
 */
public final class MigratedWarehouse {

    private MigratedWarehouse() {}

    /** Makes it in that folder, which is created if it does not exist; the user may open its database. */
    public static TestDatabase in(Path folder) {
        Force.Storage storage = Force.Storage.embedded(folder);
        TestDatabase database = new TestDatabase(storage.jdbcUrl(), storage.jdbcUser(), "");
        try {
            Files.createDirectories(folder);
            database.migrated();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        TrustedDatabases.ofThisUser().trust(WarehouseDatabase.file(storage));
        return database;
    }
}
