package uk.fpw.warehouse.load;

import java.nio.file.Path;
import uk.fpw.warehouse.testing.TestDatabase;

class UpgradedRelocationOnPostgresIT extends UpgradedRelocationIT {

    @Override
    TestDatabase database(Path warehouse) {
        return TestDatabase.postgres();
    }
}
