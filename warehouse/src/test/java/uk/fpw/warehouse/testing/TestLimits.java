package uk.fpw.warehouse.testing;

import uk.fpw.warehouse.force.feed.FeedLimits;

/** Feed limits for tests that use only a few of them. */
public final class TestLimits {

    private TestLimits() {}

    /** Limits for which a single refused row counts, without limits for changes, emptied columns and 28 days. */
    public static FeedLimits of(long minRows, double maxRefusedShare, double maxEmptyKeyShare, double maxDeletedShare) {
        return of(minRows, maxRefusedShare, maxEmptyKeyShare, new FeedLimits.Changes(maxDeletedShare, 1, 1, 1, 1, 1));
    }

    /** Limits for which a single refused row counts, without limits for 28 days. */
    public static FeedLimits of(
            long minRows, double maxRefusedShare, double maxEmptyKeyShare, FeedLimits.Changes changes) {
        return new FeedLimits(
                new FeedLimits.Rows(minRows, maxRefusedShare, 1, maxEmptyKeyShare),
                changes,
                new FeedLimits.ChangesIn28Days(1, 1, 1));
    }
}
