package uk.fpw.warehouse.catalog;

import uk.fpw.warehouse.testing.TestDatabase;

class WarehouseCatalogOnPostgresIT extends WarehouseCatalogIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
