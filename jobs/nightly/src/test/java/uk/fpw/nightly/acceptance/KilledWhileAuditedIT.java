package uk.fpw.nightly.acceptance;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** The audit is killed, and the application that waits for it. */
@Tag("thorough")
class KilledWhileAuditedIT extends KilledRun {

    @Override
    List<Phase> phases() {
        return List.of(Phase.AUDIT_COUNTS, Phase.APPLICATION_WAITS_FOR_AUDIT);
    }
}
