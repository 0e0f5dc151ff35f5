package uk.fpw.nightly.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.Releases;

/** Whether the release of a run is current, as far as its process knows: if the database failed, it cannot be asked. */
final class ReleaseStanding {

    private enum State {
        NOT_CREATED,
        NOT_KNOWN,
        CURRENT
    }

    private final Path warehouse;
    private volatile State state = State.NOT_CREATED;
    private volatile @Nullable ReleaseId release;

    ReleaseStanding(Path warehouse) {
        this.warehouse = warehouse;
    }

    /** The switch begins: until its outcome is known, either release may be current. */
    void switching(ReleaseId to) {
        release = to;
        state = State.NOT_KNOWN;
    }

    /** The switch is done. */
    void switched() {
        state = State.CURRENT;
    }

    /** Asks the database after a failure; if it does not answer, the standing remains. */
    void ask(Releases releases, ReleaseId asked, RuntimeException failure) {
        try {
            release = asked;
            state = asked.equals(releases.currentId()) ? State.CURRENT : State.NOT_CREATED;
        } catch (RuntimeException unknown) {
            failure.addSuppressed(unknown);
        }
    }

    /** Whether readers see the release of this run. */
    boolean isCurrent() {
        return state == State.CURRENT;
    }

    /** The failure of a run whose release is current. */
    FpwException afterRelease(@Nullable String message, RuntimeException failure) {
        return new FpwException(
                ExitCode.LATER_STEP_FAILED,
                "release " + release + " was created and is current, but a later step failed: " + message
                        + ". Run the next date as usual: it recovers this",
                failure);
    }

    /** What readers see, as a clause without a full stop. */
    String words() {
        return switch (state) {
            case NOT_CREATED ->
                "no release was created, "
                        + (Files.exists(new WarehouseFolder(warehouse).currentRelease())
                                ? "the previous release stays current"
                                : "and none is current");
            case NOT_KNOWN ->
                "whether release " + release + " was created is not known, since the database did not say; fpw releases"
                        + " shows it";
            case CURRENT -> "readers of the database see the new release";
        };
    }
}
