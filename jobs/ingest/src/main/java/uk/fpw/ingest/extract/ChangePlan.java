package uk.fpw.ingest.extract;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.load.LastReconcile;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.Watermark;

/**
 * How a load finds the changes of its feed.
 *
 * @param watermark position up to which changes are known; null if nothing is known or it does not belong to the
 *     present cursor
 * @param comparesAll whether the whole source is read, so that current rows missing from it count as deleted
 * @param restart acceptance to restart the feed after its cursor value decreased; null if there is none or none is
 *     needed
 * @param reconciledOn business date of the latest earlier load that compared the whole source; null if none did or the
 *     feed does not read changes
 */
public record ChangePlan(
        @Nullable Watermark watermark,
        boolean comparesAll,
        @Nullable Acceptance restart,
        @Nullable LocalDate reconciledOn) {

    private static final Logger LOG = LoggerFactory.getLogger(ChangePlan.class);

    /**
     * The plan of a load. A watermark from a version that did not look for gaps may be above one, in which case
     * everything is read once.
     *
     * @param last the load that wrote last; null before the first
     */
    static ChangePlan of(LoadContext load, @Nullable Load last) {
        Origin.Cursor cursor = load.cursor();
        if (cursor == null) {
            return new ChangePlan(null, load.feed().extract() == Feed.Extract.FULL, null, null);
        }
        Watermark before = last == null ? null : last.tracking().watermark();
        Watermark known = before != null && before.column().equals(cursor.column()) ? before : null;
        if (known != null && !known.isBelowGaps()) {
            LOG.info(
                    "{}: everything is read once, since the version that wrote the last load "
                            + "did not check {} for gaps",
                    load.feed().name(),
                    cursor.column());
            known = null;
        }
        Acceptance restart = known == null
                ? null
                : load.acceptances().find(load.feed().name(), AcceptableLimit.CURSOR, load.businessDate());
        if (restart != null) {
            return new ChangePlan(null, true, restart, null);
        }
        LocalDate reconciledOn = latest(
                last == null || last.tracking().reconciled() == null
                        ? null
                        : last.tracking().reconciled().on(),
                load.ledger().reconciledOn(load.feed().name()));
        Origin.Reconcile reconcile = load.reconcile();
        boolean isDue = !reconcile.isNever()
                && (known == null
                        || reconciledOn == null
                        || !reconciledOn.plusDays(reconcile.everyDays()).isAfter(load.businessDate()));
        return new ChangePlan(known, isDue, null, reconciledOn);
    }

    /**
     * The last comparison with the whole source, including this load; null if there was none or the feed is not an
     * incremental database feed.
     *
     * @param found changes that the cursor of this load would have missed
     */
    @Nullable
    public LastReconcile after(LoadContext load, LastReconcile.Found found) {
        if (load.cursor() == null) {
            return null;
        }
        if (comparesAll) {
            return new LastReconcile(load.businessDate(), found);
        }
        return reconciledOn == null ? null : new LastReconcile(reconciledOn, null);
    }

    private static @Nullable LocalDate latest(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }
}
