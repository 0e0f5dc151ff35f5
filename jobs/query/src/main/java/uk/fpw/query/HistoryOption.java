package uk.fpw.query;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As of which day the history of the feeds is read. */
public final class HistoryOption {

    @Option(
            names = "--known-on",
            paramLabel = "DATE",
            description = "In history.<feed>, show only the rows that were held at the end of that day, such as "
                    + "2015-11-01, as they were known then. Default: every version.")
    private @Nullable LocalDate knownOn;

    /** Whether the option is given. */
    boolean isGiven() {
        return knownOn != null;
    }

    /** The history that belongs to a release. */
    public FeedHistory history(AvailableReleases releases, ReleaseManifest release) {
        return new FeedHistory(releases.warehouse(), release, knownOn);
    }
}
