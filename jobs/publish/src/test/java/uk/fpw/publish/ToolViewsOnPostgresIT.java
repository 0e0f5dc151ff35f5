package uk.fpw.publish;

import uk.fpw.warehouse.testing.TestDatabase;

/** The same on PostgreSQL, in a container. */
class ToolViewsOnPostgresIT extends ToolViewsIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
