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

/** Items that leave a queue in great numbers at once: what stops a release, and what is only worth a look. */
final class ClosureLimits {

    /** From so many items, and so large a share, on, closures are worth a look. */
    private static final int NOTED_CLOSED = 20;

    private static final double NOTED_CLOSED_SHARE = 0.5;

    /** A queue that is emptied every day is emptied today as well. */
    private static final double TIMES_USUAL = 2;

    private ClosureLimits() {}

    /**
     * A backlog may be cleared within days, each of which is reported; if everything leaves in one load, it is more
     * often an error. If it could not be checked, it counts as one load.
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
