import java.nio.file.Path;
import uk.fpw.nightly.run.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.lock.WarehouseLock;

/** Holds the lock of a force's warehouse, as another night would, until its standard input ends. */
final class HoldLock {

    public static void main(String[] arguments) throws Exception {
        Force force = ForceFolder.read(Path.of(arguments[0]));
        try (var database = WarehouseDatabase.open(force.storage(), "");
                var lock = WarehouseLock.acquire(database::getConnection, "another-night", force.zone())) {
            System.out.println("held");
            System.in.read();
        }
    }
}
