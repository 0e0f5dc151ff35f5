package uk.fpw.nightly.acceptance;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** With an embedded database. */
@Tag("thorough")
class RestoredWarehouseIT extends RestoredWarehouse {

    @Override
    TrialForce first(Installation fpw, Path folder) {
        return KeptNights.first(fpw, folder);
    }
}
