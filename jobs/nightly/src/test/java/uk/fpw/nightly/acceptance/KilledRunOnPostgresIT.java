package uk.fpw.nightly.acceptance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * Kills the first night while two feeds are loaded: the database rolls back what was not committed. {@link
 * KilledAuditOnPostgresIT} kills two nights.
 */
@Tag("thorough")
@Tag("engines")
class KilledRunOnPostgresIT extends KilledRun {

    /** Compared with nights of an embedded database, which must be equal. */
    @Override
    TrialForce disturbed(Path under) {
        return force(under).with(TestDatabase.postgres().migrated());
    }

    @Override
    List<KillPhase> phases() {
        return List.of(KillPhase.TWO_FEEDS_ARE_LOADED);
    }
}
