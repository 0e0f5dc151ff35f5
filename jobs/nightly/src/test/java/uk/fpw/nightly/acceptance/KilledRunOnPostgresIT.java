package uk.fpw.nightly.acceptance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

/** While the audit counts, and while two feeds are loaded: the database takes back by itself what was not committed. */
@Tag("thorough")
class KilledRunOnPostgresIT extends KilledRun {

    @Override
    TrialForce force(Path under) {
        return super.force(under).with(TestDatabase.postgres());
    }

    @Override
    boolean hasTheSameNightsAsOthers() {
        return false;
    }

    @Override
    List<Phase> phases() {
        return List.of(Phase.AUDIT_COUNTS, Phase.TWO_FEEDS_ARE_LOADED);
    }
}
