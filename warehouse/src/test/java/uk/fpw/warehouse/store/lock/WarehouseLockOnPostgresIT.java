package uk.fpw.warehouse.store.lock;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class WarehouseLockOnPostgresIT extends WarehouseLockIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
