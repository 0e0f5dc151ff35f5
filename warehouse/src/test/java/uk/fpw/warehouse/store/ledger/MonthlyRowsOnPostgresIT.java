package uk.fpw.warehouse.store.ledger;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class MonthlyRowsOnPostgresIT extends MonthlyRowsIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
