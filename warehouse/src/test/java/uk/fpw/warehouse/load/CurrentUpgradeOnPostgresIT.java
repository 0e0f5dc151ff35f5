package uk.fpw.warehouse.load;

import uk.fpw.warehouse.testing.TestDatabase;

class CurrentUpgradeOnPostgresIT extends CurrentUpgradeIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
