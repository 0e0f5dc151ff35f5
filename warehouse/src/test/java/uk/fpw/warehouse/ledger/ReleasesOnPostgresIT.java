package uk.fpw.warehouse.ledger;

import uk.fpw.warehouse.testing.TestDatabase;

class ReleasesOnPostgresIT extends ReleasesIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
