package uk.fpw.nightly.acceptance;

import java.util.List;

/** The moment that counts: while readers get the release. */
class KilledRunIT extends KilledRun {

    @Override
    List<Phase> phases() {
        return List.of(Phase.PUBLISHED);
    }
}
