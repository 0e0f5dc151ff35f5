package uk.fpw.nightly.acceptance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import uk.fpw.warehouse.testing.TestDatabase;

/** While the release is published, the database takes back by itself what was not committed. */
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
        return List.of(Phase.PUBLISHED, Phase.TWO_FEEDS_ARE_LOADED);
    }
}
