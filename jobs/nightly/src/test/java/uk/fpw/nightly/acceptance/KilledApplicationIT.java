package uk.fpw.nightly.acceptance;

import java.util.List;
import org.junit.jupiter.api.Tag;

/**
 * The application is killed while it waits for the audit, and while it loads two feeds; {@link KilledRunIT} has it
 * killed at any moment before. The audit itself is killed in {@link KilledRunOnPostgresIT}.
 */
@Tag("thorough")
class KilledApplicationIT extends KilledRun {

    @Override
    List<KillPhase> phases() {
        return List.of(KillPhase.APPLICATION_WAITS_FOR_AUDIT, KillPhase.TWO_FEEDS_ARE_LOADED);
    }
}
