package uk.fpw.warehouse.store.retention;

import java.time.Duration;
import uk.fpw.layout.ReleaseFile;

/**
 * How long data is kept. Rows of {@code raw}, records of releases in {@code ops} and pinned releases are kept for ever;
 * which tests passed, only as long as the release.
 */
public final class RetentionRules {

    /**
     * Releases whose published rows and exports stay and that can be queried however old they are, beside the current
     * one and the pinned ones; withdrawn ones do not count.
     */
    public static final int LATEST_RELEASES = 3;

    /**
     * How long the {@code mart} tables of any release can be queried, and how long records of loads and run folders
     * stay.
     */
    public static final Duration QUERYABLE = Duration.ofDays(14);

    /**
     * How long the {@code core} tables of any release stay. They are most of a release, and what they are for, the
     * items behind a figure and its recount, is asked of the latest releases; the figures of a release that only they
     * could explain are in the ledger of changes.
     */
    public static final Duration CORE = Duration.ofDays(ReleaseFile.CORE_DAYS);

    /** Candidates that wait to be released, and leftovers of killed runs, are kept this long. */
    public static final Duration UNTOUCHED = Duration.ofDays(1);

    /**
     * Days for which a file that no snapshot refers to can be found in the folder {@code orphans}, before it is deleted
     * for good.
     */
    public static final int ORPHAN_DAYS = 14;

    /** Run folders that stay however old they are. */
    public static final int RUN_FOLDERS = 30;

    private RetentionRules() {}
}
