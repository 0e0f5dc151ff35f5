package uk.fpw.nightly.cli.status;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.measure.FailedChannel;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.AccountLedger;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/**
 * The state of a warehouse at one moment.
 *
 * @param readAt that moment
 * @param hasDatabase whether there is one; without it nothing has been loaded, and all lists are empty
 * @param deadline the deadline that the user asked about; null if none
 * @param release the current release; null if there is none
 * @param noRelease why there is none; null if there is one
 * @param withdrawnLoads loads that the current release was created with and that were withdrawn since
 * @param lock who holds the lock; null if nobody does
 * @param runs the latest runs, newest first
 * @param loads the latest load of each feed
 * @param accounts what became of the rows of each feed in the latest computation
 * @param comparisons when incremental feeds were compared with their whole source
 * @param withdrawn the latest withdrawals
 * @param acceptedSince first business date of {@code accepted}
 * @param accepted limits that a person accepted
 * @param failedChannels channels by which notices do not reach everybody
 */
record StatusReport(
        Force.Identity force,
        Instant readAt,
        boolean hasDatabase,
        @Nullable AskedDeadline deadline,
        @Nullable Release release,
        @Nullable String noRelease,
        List<WithdrawnReleases.WithdrawnLoad> withdrawnLoads,
        WarehouseLock.@Nullable Holding lock,
        List<RunLedger.Run> runs,
        List<LoadStatus.LatestLoad> loads,
        List<AccountLedger.Account> accounts,
        List<LoadStatus.Comparison> comparisons,
        List<LoadStatus.Withdrawn> withdrawn,
        LocalDate acceptedSince,
        List<Acceptance> accepted,
        List<FailedChannel> failedChannels,
        StatusMeasures measures,
        Notes notes) {

    /**
     * A deadline that has passed.
     *
     * @param missed why it was missed; null if it was met
     */
    record AskedDeadline(Deadline at, @Nullable String missed) {}

    /**
     * What is known only in words.
     *
     * @param files files in the drop folders that no load has read
     * @param deliveries files that did not arrive
     * @param restatements published figures to restate
     * @param pages where the pages are and who may read them
     * @param erasures what the list of erasures lacks; null if nothing
     * @param restrictions how many stand, and when they are to be reviewed; null if none
     * @param retention rows whose time is over, and holds to be reviewed; null if none
     * @param cluster the Spark cluster that computes; null for this machine
     */
    record Notes(
            List<String> files,
            List<String> deliveries,
            List<String> restatements,
            List<String> pages,
            @Nullable String erasures,
            @Nullable String restrictions,
            @Nullable String retention,
            @Nullable String cluster) {

        static final Notes NONE = new Notes(List.of(), List.of(), List.of(), List.of(), null, null, null, null);
    }

    /** A warehouse into which nothing has been loaded. */
    static StatusReport ofNothing(
            Force.Identity force, Instant readAt, @Nullable AskedDeadline deadline, String reason, LocalDate since) {
        return new StatusReport(
                force,
                readAt,
                false,
                deadline,
                null,
                "none yet; " + reason,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                since,
                List.of(),
                List.of(),
                StatusMeasures.unknown(reason),
                Notes.NONE);
    }

    /** Whether the deadline that was asked about was missed. */
    boolean isMissed() {
        return deadline != null && deadline.missed() != null;
    }

    /** Whether a run is in progress. */
    boolean isRunning() {
        return lock != null && !lock.hasEnded();
    }

    /** The status of a run or load; one recorded as running while none runs was terminated. */
    String statusOf(String recorded) {
        return recorded.equals("running") && !isRunning() ? "terminated" : recorded;
    }
}
