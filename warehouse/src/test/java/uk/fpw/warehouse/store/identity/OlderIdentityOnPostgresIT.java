package uk.fpw.warehouse.store.identity;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class OlderIdentityOnPostgresIT extends OlderIdentityIT {

    @Override
    TestDatabase newDatabase(String name) {
        return TestDatabase.postgres();
    }
}
