package uk.fpw.warehouse.identity;

import uk.fpw.warehouse.testing.TestDatabase;

class IdentityOnPostgresIT extends IdentityIT {

    @Override
    TestDatabase newDatabase(String name) {
        return TestDatabase.postgres();
    }
}
