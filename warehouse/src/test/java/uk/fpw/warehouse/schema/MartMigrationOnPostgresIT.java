package uk.fpw.warehouse.schema;

import uk.fpw.warehouse.testing.TestDatabase;

/** The same on PostgreSQL, in a container. */
class MartMigrationOnPostgresIT extends MartMigrationIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }

    @Override
    TestDatabase versionBefore() {
        return versionBeforeOnPostgres();
    }
}
