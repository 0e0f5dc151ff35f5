package uk.fpw.layout.site;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * A request to make the pages of one release.
 *
 * @param warehouse folder of the warehouse
 * @param releaseId the release; its files must be there
 * @param into folder to create; its parent must exist
 * @param audience who may read them
 * @param timeliness when the next figures are expected, and why there are no newer ones
 * @param quoted quoted figures that have changed since, one sentence each
 * @param operations recent loads and runs
 * @param dictionary feeds, rules and events of the force folder
 * @param kept the pages of kept releases, and whether these are some
 */
public record SiteRequest(
        Path warehouse,
        ReleaseId releaseId,
        Path into,
        Audience audience,
        Timeliness timeliness,
        List<String> quoted,
        Operations operations,
        DictionaryInput dictionary,
        KeptPages kept) {

    /**
     * Who may read the pages. Each page names it; figures are exact, so nobody else may see them.
     *
     * @param group name of the operating system's group of readers; null if only the user of the nightly run may read
     *     them
     */
    public record Audience(@Nullable String group) {

        /** Only the user of the nightly run. */
        public static final Audience OWNER = new Audience(null);

        public Audience {
            if (group != null && group.isBlank()) {
                throw new IllegalArgumentException("group: blank; use null where only the owner may read the pages");
            }
        }
    }

    /**
     * How current the pages are.
     *
     * @param nextExpectedBy local time as text; after it the pages are out of date
     * @param notRenewed why there are no newer figures, such as a failed run; null if nothing prevented them
     */
    public record Timeliness(
            String nextExpectedBy, @Nullable String notRenewed) {
        public Timeliness {
            requireNonNull(nextExpectedBy, "nextExpectedBy: missing");
        }
    }
}
