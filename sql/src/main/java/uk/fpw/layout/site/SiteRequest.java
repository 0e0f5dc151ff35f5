package uk.fpw.layout.site;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * The pages of one release that are to be made.
 *
 * @param warehouse folder of the warehouse
 * @param releaseId the release; its files must be there
 * @param into folder to be created; its parent exists
 * @param settings what the force has set for its pages
 * @param timeliness when the next figures are expected, and what prevented newer ones
 * @param quoted what was quoted and has moved since, a sentence each
 * @param operations how the warehouse has been loaded and computed lately
 * @param dictionary what the force folder says of feeds, rules and events
 */
public record SiteRequest(
        Path warehouse,
        ReleaseId releaseId,
        Path into,
        Settings settings,
        Timeliness timeliness,
        List<String> quoted,
        Operations operations,
        DictionaryInput dictionary) {

    /** A request without what the force folder says. */
    public SiteRequest(
            Path warehouse,
            ReleaseId releaseId,
            Path into,
            Settings settings,
            Timeliness timeliness,
            List<String> quoted,
            Operations operations) {
        this(warehouse, releaseId, into, settings, timeliness, quoted, operations, DictionaryInput.UNKNOWN);
    }

    public SiteRequest {
        requireNonNull(warehouse, "warehouse: missing");
        requireNonNull(releaseId, "releaseId: missing");
        requireNonNull(into, "into: missing");
        requireNonNull(settings, "settings: missing");
        requireNonNull(timeliness, "timeliness: missing");
        quoted = List.copyOf(requireNonNull(quoted, "quoted: missing"));
        operations = operations == null ? Operations.NONE : operations;
        requireNonNull(dictionary, "dictionary: missing");
    }

    /**
     * What a force sets for its pages.
     *
     * @param smallCellThreshold cases or people: a figure of fewer is not shown on a page for the whole force
     */
    public record Settings(int smallCellThreshold) {}

    /**
     * How current the pages are.
     *
     * @param nextExpectedBy local time, in words, after which the pages are out of date
     * @param notRenewed why there are no newer figures, such as a failed run; null if nothing prevented them
     */
    public record Timeliness(
            String nextExpectedBy, @Nullable String notRenewed) {
        public Timeliness {
            requireNonNull(nextExpectedBy, "nextExpectedBy: missing");
        }
    }
}
