package uk.fpw.nightly.acceptance;

import java.nio.file.Path;
import uk.fpw.warehouse.testing.TestDatabase;

class KilledRunOnPostgresIT extends KilledRunIT {

    @Override
    TrialForce force(Path under) {
        return super.force(under).with(TestDatabase.postgres());
    }

    /** Of the same: the application and the Spark process, once each. */
    @Override
    int nights() {
        return 2;
    }

    /** The audit is killed in the first night, the application that loads two feeds at once in the next one. */
    @Override
    int firstPhase() {
        return 5;
    }
}
