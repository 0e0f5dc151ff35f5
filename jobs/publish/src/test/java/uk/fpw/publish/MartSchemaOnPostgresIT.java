package uk.fpw.publish;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class MartSchemaOnPostgresIT extends MartSchemaIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
