package uk.fpw.nightly.acceptance;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** The audit is killed, and the application that waits for it. */
@Tag("thorough")
class KilledWhileAuditedIT extends KilledRun {

    @Override
    List<KillPhase> phases() {
        return List.of(KillPhase.AUDIT_COUNTS, KillPhase.APPLICATION_WAITS_FOR_AUDIT);
    }
}
