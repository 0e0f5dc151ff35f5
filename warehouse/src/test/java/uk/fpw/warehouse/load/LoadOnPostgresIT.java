package uk.fpw.warehouse.load;

import uk.fpw.warehouse.testing.TestDatabase;

class LoadOnPostgresIT extends LoadIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
