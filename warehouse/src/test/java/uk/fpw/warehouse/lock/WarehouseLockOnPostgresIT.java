package uk.fpw.warehouse.lock;

import uk.fpw.warehouse.testing.TestDatabase;

class WarehouseLockOnPostgresIT extends WarehouseLockIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
