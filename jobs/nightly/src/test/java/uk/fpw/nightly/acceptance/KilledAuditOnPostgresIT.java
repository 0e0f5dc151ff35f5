package uk.fpw.nightly.acceptance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

/** Kills the audit while it counts in the first night, and the next night while two feeds are loaded. */
@Tag("thorough")
class KilledAuditOnPostgresIT extends KilledRun {

    @Override
    TrialForce disturbed(Path under) {
        return force(under).with(TestDatabase.postgres().migrated());
    }

    @Override
    List<KillPhase> phases() {
        return List.of(KillPhase.AUDIT_COUNTS, KillPhase.TWO_FEEDS_ARE_LOADED);
    }
}
