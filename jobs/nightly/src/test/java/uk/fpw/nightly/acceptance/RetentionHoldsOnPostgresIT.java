package uk.fpw.nightly.acceptance;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class RetentionHoldsOnPostgresIT extends RetentionHoldsIT {

    @Override
    void prepare(TrialForce trial) {
        trial.with(TestDatabase.postgres());
    }
}
