package uk.fpw.layout.site;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * The pages of kept releases. They are beside those of the current release, in {@code releases/RELEASE_ID}, with the
 * same file names and anchors, so that a link to them stays.
 *
 * @param place where the requested pages will be
 * @param madeOn local date on which they are made
 * @param releases releases with kept pages, latest first; none unless the pages are those of the current release
 */
public record KeptPages(Place place, LocalDate madeOn, List<Kept> releases) {

    /** Folder of the kept pages in the folder of the current ones. */
    public static final String FOLDER = "releases";

    /** Where pages are. */
    public enum Place {
        /** In the folder that readers see, with the kept pages in it. */
        CURRENT,
        /** In that folder, as those of a kept release. */
        KEPT,
        /** In a folder of their own, without others. */
        APART
    }

    /**
     * A kept release.
     *
     * @param businessDate last day whose events are counted
     * @param name name under which it is pinned; null if it no longer is, so that its pages go together with it
     * @param isWithdrawn whether its figures must not be used
     */
    public record Kept(
            ReleaseId releaseId,
            LocalDate businessDate,
            @Nullable String name,
            boolean isWithdrawn) {}

    public KeptPages {
        requireNonNull(place, "place: missing");
        requireNonNull(madeOn, "madeOn: missing");
        releases = List.copyOf(releases);
    }

    /** Pages without others. */
    public static KeptPages apart(LocalDate madeOn) {
        return new KeptPages(Place.APART, madeOn, List.of());
    }

    /** Whether a release has kept pages. */
    public boolean has(String releaseId) {
        return releases.stream().anyMatch(kept -> kept.releaseId().value().equals(releaseId));
    }
}
