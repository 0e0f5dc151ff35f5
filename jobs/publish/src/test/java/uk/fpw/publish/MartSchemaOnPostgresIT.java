package uk.fpw.publish;

import uk.fpw.warehouse.testing.TestDatabase;

class MartSchemaOnPostgresIT extends MartSchemaIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
