package uk.fpw.warehouse.ledger;

import uk.fpw.warehouse.testing.TestDatabase;

class ComparisonDeclarationsOnPostgresIT extends ComparisonDeclarationsIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
