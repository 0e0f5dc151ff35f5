package uk.fpw.nightly.acceptance;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** The application is killed while it loads two feeds; {@link KilledRunIT} has it killed at any moment before. */
@Tag("thorough")
class KilledWhileLoadingIT extends KilledRun {

    @Override
    List<KillPhase> phases() {
        return List.of(KillPhase.TWO_FEEDS_ARE_LOADED);
    }
}
