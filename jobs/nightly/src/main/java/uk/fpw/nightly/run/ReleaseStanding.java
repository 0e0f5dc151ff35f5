package uk.fpw.nightly.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.Releases;

/**
 * Whether the release of a run is current, as far as its process knows: what fails may be the database, which cannot
 * be asked then.
 */
final class ReleaseStanding {

    private enum State {
        NOT_CREATED,
        NOT_KNOWN,
        CURRENT
    }

    private final Path warehouse;
    private volatile State state = State.NOT_CREATED;
    private volatile @Nullable ReleaseId release;

    /** Of a run of the warehouse in that folder. */
    ReleaseStanding(Path warehouse) {
        this.warehouse = warehouse;
    }

    /** The switch begins: until it is known what came of it, nobody can say which release is current. */
    void switching(ReleaseId to) {
        release = to;
        state = State.NOT_KNOWN;
    }

    /** The switch is done. */
    void switched() {
        state = State.CURRENT;
    }

    /** Asks the database, after a failure that may be anywhere; what was known before remains if it does not answer. */
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

    /** What readers see, in a sentence without its end. */
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
