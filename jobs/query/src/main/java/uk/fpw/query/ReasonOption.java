package uk.fpw.query;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Why somebody reads rows of single cases or people. */
public final class ReasonOption {

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why tables of single cases or people are read (core.*, mart.case_silence, ...): needed for "
                    + "these, and recorded with who reads what and when, before anything is shown.")
    private @Nullable String reason;

    /**
     * A record for this process of what is read of a release, with the reason if one was given. Copies of its files
     * that are missing here are fetched.
     *
     * @param command such as {@code fpw query}
     * @param howToGive how the person gives a reason if there is none yet
     */
    public ReadRecord record(AvailableReleases releases, ReleaseManifest release, String command, String howToGive) {
        LostCopies.fetch(releases.warehouse(), release);
        ReadRecord record = new ReadRecord(releases.warehouse(), command, howToGive);
        if (reason != null) {
            record.giveReason(reason);
        }
        return record;
    }
}
