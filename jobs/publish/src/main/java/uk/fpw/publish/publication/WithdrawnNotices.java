package uk.fpw.publish.publication;

import java.time.ZoneId;
import java.util.List;
import uk.fpw.warehouse.store.ledger.Publications;

/** What readers of publications must know about quarters whose release was withdrawn after they were published. */
public final class WithdrawnNotices {

    private WithdrawnNotices() {}

    /**
     * A sentence for each such quarter, without who withdrew the release and why.
     *
     * @param zone of the force, for the dates
     */
    public static List<String> of(Publications publications, ZoneId zone) {
        return publications.withdrawn().stream()
                .map(one -> Quarter.of(one.quarterStartOn()) + ", published on "
                        + one.publishedAt().atZone(zone).toLocalDate() + ", is from release " + one.releaseId()
                        + ", which was withdrawn on "
                        + one.withdrawnAt().atZone(zone).toLocalDate()
                        + ": these figures must not be used until they are restated")
                .toList();
    }
}
