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
 * A warehouse that contains only the tables of its embedded database, as a killed first run leaves it. The migrations
 * take two seconds of processor time, and few tests are about them.
 */
public final class MigratedWarehouse {

    private MigratedWarehouse() {}

    /** Creates it in that folder, which is created if it does not exist; the user may open its database. */
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
