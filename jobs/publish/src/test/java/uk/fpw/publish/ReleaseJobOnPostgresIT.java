package uk.fpw.publish;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
@Tag("engines")
class ReleaseJobOnPostgresIT extends ReleaseJobIT {

    @Override
    TestDatabase database(Path warehouse) {
        return TestDatabase.postgres();
    }
}
