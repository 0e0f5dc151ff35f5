package uk.fpw.publish;

import static uk.fpw.publish.ReleaseLimits.format;
import static uk.fpw.publish.ReleaseLimits.percent;
import static uk.fpw.publish.ReleaseLimits.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.publish.ReleaseLimits.Verdict;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.limit.AcceptableLimit;

/** Mass exits from a queue: which of them stop a release, and which are only reported. */
final class ClosureLimits {

    /** Closures are reported from this many items on, if they are also this share of the queue. */
    private static final int NOTED_CLOSED = 20;

    private static final double NOTED_CLOSED_SHARE = 0.5;

    /** Queues that are emptied every day are normal, so the share is compared with the usual one. */
    private static final double TIMES_USUAL = 2;

    private ClosureLimits() {}

    /**
     * People may clear a backlog over several days, and each day is reported; when everything leaves in one load, it
     * is more often an error. If the cause could not be determined, one load is assumed.
     */
    static void judge(
            Queue queue, QueueChange change, Release current, @Nullable String exemption, List<Verdict> verdicts) {
        double allowed = queue.limits().maxClosedShare();
        MassClosure mass = change.massClosure();
        boolean isUnusual = share(change.closedCount(), change) > TIMES_USUAL * change.usualClosedShare();
        boolean isUnusualInAll = share(change.closedTotal(), change) > TIMES_USUAL * change.usualClosedTotalShare();
        boolean isUnexplained = mass != null && !mass.wasExplained();
        boolean isByOneReason = isUnusual && isAllAtOnce(change.closedCount(), change, allowed);
        if (isUnexplained
                && (isByOneReason || (isUnusualInAll && isAllAtOnce(change.closedTotal(), change, allowed)))) {
            verdicts.add(verdict(
                    queue,
                    AcceptableLimit.CLOSURES,
                    isByOneReason ? change.closedCount() : change.closedTotal(),
                    exemption,
                    (isByOneReason
                                    ? left(
                                            change.closedCount(),
                                            change,
                                            current,
                                            "as '" + change.closedAs() + "'",
                                            change.usualClosedShare())
                                    : left(
                                            change.closedTotal(),
                                            change,
                                            current,
                                            "for any reason",
                                            change.usualClosedTotalShare()))
                            + "; it could not be determined whether a single load is the cause (see the log of the run)"
                            + atLeast(allowed)));
        } else if (mass != null && isUnusual && isAllAtOnce(mass.count(), change, allowed)) {
            verdicts.add(verdict(
                    queue,
                    AcceptableLimit.CLOSURES,
                    mass.count(),
                    exemption,
                    left(mass.count(), change, current, "as '" + mass.as() + "'", change.usualClosedShare())
                            + ", by the loads of " + mass.loadedOn() + atLeast(allowed)));
        } else if (mass != null
                && mass.column() != null
                && isUnusualInAll
                && isAllAtOnce(mass.columnCount(), change, allowed)) {
            verdicts.add(verdict(
                    queue,
                    AcceptableLimit.CLOSURES,
                    mass.columnCount(),
                    exemption,
                    left(
                                    mass.columnCount(),
                                    change,
                                    current,
                                    "through a changed value of " + mass.column(),
                                    change.usualClosedTotalShare())
                            + ", by the loads of " + mass.columnLoadedOn() + atLeast(allowed)));
        } else if (change.closedAs() != null
                && isUnusual
                && share(change.closedCount(), change) >= NOTED_CLOSED_SHARE
                && change.closedCount() >= NOTED_CLOSED) {
            verdicts.add(new Verdict(
                    queue.name(),
                    null,
                    "CLOSURES",
                    false,
                    change.closedCount(),
                    left(
                            change.closedCount(),
                            change,
                            current,
                            "as '" + change.closedAs() + "'",
                            change.usualClosedShare())));
        } else if (isUnusualInAll && isAllAtOnce(change.closedTotal(), change, allowed)) {
            verdicts.add(new Verdict(
                    queue.name(),
                    null,
                    "CLOSURES",
                    false,
                    change.closedTotal(),
                    left(
                            change.closedTotal(),
                            change,
                            current,
                            "for several reasons",
                            change.usualClosedTotalShare())));
        }
    }

    private static boolean isAllAtOnce(long closed, QueueChange change, double allowed) {
        return allowed < 1 && closed >= QueueChange.MASS_CLOSURE && share(closed, change) >= allowed;
    }

    private static String left(long closed, QueueChange change, Release current, String how, double usual) {
        return format(
                "%,d of %,d items that were open in release %s have left %s, %s; normal is up to %s",
                closed,
                change.totalBefore(),
                current.releaseId(),
                how,
                percent(closed, change.totalBefore()),
                percent(usual));
    }

    private static String atLeast(double allowed) {
        return format("; the limit is %s and at least %d", percent(allowed), QueueChange.MASS_CLOSURE);
    }

    private static double share(long closed, QueueChange change) {
        return change.totalBefore() == 0 ? 0 : (double) closed / change.totalBefore();
    }
}
