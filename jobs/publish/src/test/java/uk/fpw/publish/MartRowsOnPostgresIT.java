package uk.fpw.publish;

import uk.fpw.warehouse.testing.TestDatabase;

class MartRowsOnPostgresIT extends MartRowsIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
