package uk.fpw.warehouse.store.schema;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.DatabaseTemplate;
import uk.fpw.warehouse.testing.TestDatabase;

/** The same on PostgreSQL, in a container. */
@Tag("thorough")
class OldViewNamesOnPostgresIT extends OldViewNamesIT {

    @Override
    TestDatabase empty() {
        return TestDatabase.postgres();
    }

    @Override
    TestDatabase copy(DatabaseTemplate template) {
        return template.copyOnPostgres();
    }
}
