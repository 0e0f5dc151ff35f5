package uk.fpw.publish;

import uk.fpw.warehouse.testing.TestDatabase;

class BiSchemaOnPostgresIT extends BiSchemaIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
