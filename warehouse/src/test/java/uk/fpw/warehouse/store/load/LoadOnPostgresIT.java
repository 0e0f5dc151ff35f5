package uk.fpw.warehouse.store.load;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class LoadOnPostgresIT extends LoadIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
