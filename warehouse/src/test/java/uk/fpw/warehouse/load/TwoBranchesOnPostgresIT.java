package uk.fpw.warehouse.load;

import uk.fpw.warehouse.testing.TestDatabase;

class TwoBranchesOnPostgresIT extends TwoBranchesIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
