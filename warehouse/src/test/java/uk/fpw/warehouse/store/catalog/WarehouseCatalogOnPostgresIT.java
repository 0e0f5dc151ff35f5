package uk.fpw.warehouse.store.catalog;

import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class WarehouseCatalogOnPostgresIT extends WarehouseCatalogIT {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
