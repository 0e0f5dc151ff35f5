package uk.fpw.publish;

import java.nio.file.Path;
import uk.fpw.warehouse.testing.TestDatabase;

class ReleaseJobOnPostgresIT extends ReleaseJobIT {

    @Override
    TestDatabase database(Path warehouse) {
        return TestDatabase.postgres();
    }
}
