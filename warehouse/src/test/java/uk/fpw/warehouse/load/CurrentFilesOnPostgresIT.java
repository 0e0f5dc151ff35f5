package uk.fpw.warehouse.load;

import uk.fpw.warehouse.testing.TestDatabase;

class CurrentFilesOnPostgresIT extends CurrentFilesIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
