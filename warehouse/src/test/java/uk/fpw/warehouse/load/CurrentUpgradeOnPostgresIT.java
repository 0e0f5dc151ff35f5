package uk.fpw.warehouse.load;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class CurrentUpgradeOnPostgresIT extends CurrentUpgradeIT {

    @Override
    TestDatabase database(Path warehouse) {
        return TestDatabase.postgres();
    }
}
