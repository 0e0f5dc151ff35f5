package uk.fpw.nightly.acceptance;

import java.util.List;
import org.junit.jupiter.api.Tag;

/**
 * The application is killed while it waits for the audit, and while it loads two feeds; {@link KilledRunIT} kills it at
 * any earlier moment. {@link KilledAuditOnPostgresIT} kills the audit itself.
 */
@Tag("thorough")
class KilledApplicationIT extends KilledRun {

    @Override
    List<KillPhase> phases() {
        return List.of(KillPhase.APPLICATION_WAITS_FOR_AUDIT, KillPhase.TWO_FEEDS_ARE_LOADED);
    }
}
