package uk.fpw.nightly.run;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;

/**
 * A process that opens the database of a warehouse and its catalog many times, as many short runs would. Arguments:
 * warehouse folder, number of times.
 */
final class OpenDatabase {

    private OpenDatabase() {}

    public static void main(String[] arguments) {
        Force.Storage storage = Force.Storage.embedded(Path.of(arguments[0]));
        for (int time = 0; time < Integer.parseInt(arguments[1]); time++) {
            try (HikariDataSource dataSource = WarehouseDatabase.open(storage, "")) {
                WarehouseDatabase.migrate(dataSource);
            }
            // without a pool that keeps the database open or waits for it
            WarehouseCatalog.open(storage, "").close();
        }
    }
}
