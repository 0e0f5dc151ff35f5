package uk.fpw.warehouse.ledger;

import uk.fpw.warehouse.testing.TestDatabase;

class QueueDefinitionsOnPostgresIT extends QueueDefinitionsIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
