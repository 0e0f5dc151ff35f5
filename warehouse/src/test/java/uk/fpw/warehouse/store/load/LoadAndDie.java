package uk.fpw.warehouse.store.load;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;

/**
 * Loads rows into a feed and halts some microseconds after the lock check before the commit, without shutdown hooks, as
 * after kill -9. Arguments: JDBC URL, warehouse folder, number of the load, microseconds.
 */
final class LoadAndDie {

    static final int EXIT_CODE = 137;

    private LoadAndDie() {}

    public static void main(String[] arguments) throws InterruptedException {
        int night = Integer.parseInt(arguments[2]);
        long micros = Long.parseLong(arguments[3]);
        try (WarehouseCatalog catalog = WarehouseCatalog.open(arguments[0], "fpw", "", Path.of(arguments[1]))) {
            RawTable raw = RawTable.open(catalog, KilledLoadIT.FEED, () -> dieAfter(micros));
            KilledLoadIT.load(raw, night);
            Thread.sleep(TimeUnit.MICROSECONDS.toMillis(micros));
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private static void dieAfter(long micros) {
        Thread death = new Thread(() -> {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
            Runtime.getRuntime().halt(EXIT_CODE);
        });
        death.setDaemon(true);
        death.start();
    }
}
