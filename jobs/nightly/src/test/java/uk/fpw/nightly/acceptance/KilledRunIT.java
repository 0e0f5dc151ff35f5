package uk.fpw.nightly.acceptance;

import java.util.List;
import org.junit.jupiter.api.Tag;

/**
 * Kills while feeds are loaded, and at the critical moment, while readers get the release. That must be a second night,
 * since a night killed after its release is compared with that release when run again, which is impossible for a first
 * one.
 */
@Tag("thorough")
class KilledRunIT extends KilledRun {

    @Override
    List<KillPhase> phases() {
        return List.of(KillPhase.LOADED, KillPhase.PUBLISHED);
    }
}
