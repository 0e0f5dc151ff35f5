package uk.fpw.nightly.cli.option;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;

/** Notes for users who look at figures of a withdrawn release, which must not be used. */
public final class WithdrawnNotes {

    private WithdrawnNotes() {}

    /** A sentence without a full stop for each of these releases that was withdrawn, in the same order. */
    public static List<String> of(WithdrawnReleases withdrawn, List<Release> releases) {
        Map<ReleaseId, WithdrawnReleases.Withdrawn> all = withdrawn.all();
        return releases.stream()
                .map(release -> all.get(release.releaseId()))
                .flatMap(Stream::ofNullable)
                .distinct()
                .map(found -> "release " + found.releaseId() + " was withdrawn on "
                        + found.at().toString().substring(0, "2016-01-12".length()) + " by "
                        + DisplayText.text(found.by()) + ": " + DisplayText.text(found.reason())
                        + "; its figures must not be used")
                .toList();
    }
}
