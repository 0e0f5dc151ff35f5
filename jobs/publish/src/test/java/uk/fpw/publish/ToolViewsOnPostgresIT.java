package uk.fpw.publish;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

/** The same on PostgreSQL, in a container. */
@Tag("thorough")
class ToolViewsOnPostgresIT extends ToolViewsIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
