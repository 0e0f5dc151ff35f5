package uk.fpw.nightly.cli.option;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;

/** Resolves the release that a command is about. */
public final class ChosenRelease {

    private ChosenRelease() {}

    /**
     * The id of the named release or, if none is named, of the current one.
     *
     * @param idOrName id of a release, or the name under which one is pinned; null for the current release
     * @throws FpwException with {@code CONFIGURATION} if none is named and none is current
     */
    public static ReleaseId id(Releases releases, @Nullable String idOrName) {
        ReleaseId id = idOrName == null ? releases.currentId() : releases.idOf(idOrName);
        if (id != null) {
            return id;
        }
        List<ReleaseId> ids = releases.list().stream().map(Release::releaseId).toList();
        throw FpwException.configuration(
                ids.isEmpty()
                        ? "there is no release yet; run fpw nightly first"
                        : "no release is current, since all of them were withdrawn (fpw releases); run fpw nightly, "
                                + "or name one of " + ids);
    }
}
