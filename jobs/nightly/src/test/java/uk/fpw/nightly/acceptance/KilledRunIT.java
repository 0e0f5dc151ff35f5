package uk.fpw.nightly.acceptance;

import java.util.List;

/**
 * While feeds are loaded, and at the moment that counts: while readers get the release. That is a second night, since
 * one killed after its release is compared with that release when it is run again, which a first night has not.
 */
class KilledRunIT extends KilledRun {

    @Override
    List<KillPhase> phases() {
        return List.of(KillPhase.LOADED, KillPhase.PUBLISHED);
    }
}
