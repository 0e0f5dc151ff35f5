package uk.fpw.publish;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
@Tag("engines")
class BiSchemaOnPostgresIT extends BiSchemaIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
