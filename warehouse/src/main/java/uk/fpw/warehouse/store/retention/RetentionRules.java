package uk.fpw.warehouse.store.retention;

import java.time.Duration;
import uk.fpw.layout.ReleaseFile;

/**
 * How long data is kept. Rows of {@code raw}, records of releases in {@code ops} and pinned releases are kept for ever;
 * results of passed tests only as long as the release.
 */
public final class RetentionRules {

    /**
     * Number of latest valid releases that can be queried and whose published rows and exports are kept at any age,
     * besides the current and pinned ones.
     */
    public static final int LATEST_RELEASES = 3;

    /**
     * How long the {@code mart} tables of any release can be queried, and how long records of loads and run folders are
     * kept.
     */
    public static final Duration QUERYABLE = Duration.ofDays(14);

    /**
     * How long the {@code core} tables of any release are kept. They take most of the space of a release and are needed
     * for the latest releases only: to list the items behind a figure and to recount it. Explanations of changed
     * figures of older releases are in the ledger of changes.
     */
    public static final Duration CORE = Duration.ofDays(ReleaseFile.CORE_DAYS);

    /** How long unreleased candidates and remains of killed runs are kept. */
    public static final Duration UNTOUCHED = Duration.ofDays(1);

    /** Days for which orphan files are kept in the folder {@code orphans} before they are deleted for good. */
    public static final int ORPHAN_DAYS = 14;

    /** How long pages of single cases are kept, which are made on request. */
    public static final Duration RESTRICTED_PAGES = Duration.ofDays(7);

    /** Number of run folders kept at any age. */
    public static final int RUN_FOLDERS = 30;

    private RetentionRules() {}
}
