package uk.fpw.warehouse.store.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class FailedNoticesOnPostgresIT extends FailedNoticesIT {

    @Override
    TestDatabase database(Path inFolder) {
        return TestDatabase.postgres();
    }
}
