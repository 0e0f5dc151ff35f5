package uk.fpw.warehouse.identity;

import uk.fpw.warehouse.testing.TestDatabase;

class OlderIdentityOnPostgresIT extends OlderIdentityIT {

    @Override
    TestDatabase newDatabase(String name) {
        return TestDatabase.postgres();
    }
}
