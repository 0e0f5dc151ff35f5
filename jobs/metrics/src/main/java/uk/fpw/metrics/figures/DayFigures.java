package uk.fpw.metrics.figures;

import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.FlowCounts;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.table.TableRows;

/**
 * The rows of {@code mart.queue_daily}: flows and stocks of a series by day, from its first day to the business date.
 */
final class DayFigures {

    private final Series series;
    private final int days;
    final long[] received;
    final long[] reentered;
    final long[] left;
    final long[] served;
    final long[] waiting;
    final long[] pastStandard;
    final long[] dueSoon;
    final long[] contributors;
    private final long[] ageUnknown;
    private final long[] outOfOrder;
    private final long[] closedAhead;
    private final long[] excluded;
    private final long[] lateItems;
    private final Oldest oldestByAge;
    private final Oldest oldestByWait;

    DayFigures(Series series) {
        this.series = series;
        this.days = series.releaseKey().asOf() - series.firstDay() + 1;
        FlowCounts flows = series.cube().flows();
        received = byDay(flows.received);
        reentered = byDay(flows.reentered);
        left = byDay(flows.left);
        served = byDay(flows.served);
        waiting = runningTotals(flows.received);
        add(waiting, runningTotals(flows.reentered), 1);
        add(waiting, runningTotals(flows.left), -1);
        pastStandard = runningTotals(flows.pastStandard);
        dueSoon = runningTotals(flows.dueSoon);
        contributors = runningTotals(series.cube().presences().byDay);
        ageUnknown = runningTotals(flows.ageUnknown);
        outOfOrder = runningTotals(flows.outOfOrder);
        closedAhead = runningTotals(flows.closedAhead);
        excluded = runningTotals(series.excluded().changes);
        lateItems = runningTotals(series.lateItems().changes);
        copy("received_count", received);
        copy("reentered_count", reentered);
        copy("left_count", left);
        oldestByAge = new Oldest(series.cube().open().goneByAge, series.firstDay(), days);
        oldestByWait = new Oldest(series.cube().open().goneByWait, series.firstDay(), days);
    }

    /** Charts of flows begin with the copied days. */
    private void copy(String column, long[] byDay) {
        series.frozen().forEachDay(column, (day, count) -> byDay[day - series.firstDay()] = count);
    }

    /** Counts of the days of the figures; earlier ones are dropped. */
    private long[] byDay(KeyedCounts counts) {
        long[] byDay = new long[days];
        counts.forEach((day, count) -> {
            long at = day - series.firstDay();
            if (at >= 0 && at < days) {
                byDay[(int) at] = count;
            }
        });
        return byDay;
    }

    /** The running sum at the end of each day, from changes by day; earlier changes are added to the first day. */
    private long[] runningTotals(KeyedCounts changes) {
        long[] standing = byDay(changes);
        long sum = changes.before(series.firstDay());
        for (int i = 0; i < days; i++) {
            sum += standing[i];
            standing[i] = sum;
        }
        return standing;
    }

    private static void add(long[] sums, long[] others, int sign) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += sign * others[i];
        }
    }

    /** Items waiting at the beginning of a day, by the number of days since the first. */
    long opening(int at) {
        return waiting[at] - received[at] - reentered[at] + left[at];
    }

    /** Sets the uncertain values at the end of a day; null if unknown. */
    void setDoubtful(TableRows.Row row, int at) {
        row.set("age_unknown_count", ageUnknown[at])
                .set("out_of_order_count", outOfOrder(at))
                .set(
                        "excluded_count",
                        series.key().isTotal()
                                ? excluded[at] + series.excluded().undated()
                                : null);
    }

    /** Age in days of the oldest item waiting at the end of a day; null if no waiting item has a known age. */
    @Nullable
    Integer oldestAge(int at) {
        return oldestByAge.days(at);
    }

    /** Longest wait in days at the end of a day; null if no waiting item has a known entry. */
    @Nullable
    Integer oldestWait(int at) {
        return oldestByWait.days(at);
    }

    void write(MartTable table) {
        for (int at = 0; at < days; at++) {
            int day = series.firstDay() + at;
            TableRows.Row row = table.row(series, day);
            setDoubtful(row, at);
            row.setDay("day", day)
                    .set("opening_count", opening(at))
                    .set("received_count", received[at])
                    .set("reentered_count", reentered[at])
                    .set("left_count", left[at])
                    .set("past_any_standard_count", isKnownOfStages(day) ? lateItems[at] : null);
            endOfDay(row, at);
        }
    }

    /** The row of {@code mart.queue_now}: items waiting at the end of the last known day. */
    void writeNow(MartTable table) {
        int at = series.queue().dataAsAt() - series.firstDay();
        TableRows.Row row = table.row(series, series.queue().dataAsAt());
        row.set("age_unknown_count", ageUnknown[at]).set("out_of_order_count", outOfOrder(at));
        endOfDay(row, at);
    }

    private void endOfDay(TableRows.Row row, int at) {
        boolean hasStandard = series.hasStandard();
        row.set("waiting_count", waiting[at])
                .set("closed_ahead_count", closedAhead[at])
                .set("past_standard_count", hasStandard ? pastStandard[at] : null)
                .set("due_next_7_days_count", hasStandard ? dueSoon[at] : null)
                .set("oldest_age_days", oldestAge(at))
                .set("oldest_wait_days", oldestWait(at))
                .set("is_partial", PartialPeriod.ofDay())
                .set("is_provisional", series.isProvisional(series.firstDay() + at))
                .set("contributor_count", contributors[at])
                .end();
    }

    /** Null for a queue without stages. */
    private @Nullable Long outOfOrder(int at) {
        return series.queue().stages().isAny() ? outOfOrder[at] : null;
    }

    /** Whether the number of late items in the queue and its stages is known; it is not counted for slices. */
    private boolean isKnownOfStages(int day) {
        QueueSpec.Stages stages = series.queue().stages();
        return series.key().isTotal() && (series.hasStandard() || stages.haveStandard()) && day <= stages.knownTo();
    }

    /** The earliest start among the spells open at the end of each day. */
    private static final class Oldest {

        private static final int NOBODY = Integer.MAX_VALUE;

        private final int firstDay;
        private final int[] start;

        /** Processes the starts in order: days on which no earlier spell is open belong to the next. */
        Oldest(KeyedCounts goneByStart, int firstDay, int days) {
            this.firstDay = firstDay;
            this.start = new int[days];
            int[] nextFree = new int[days + 1];
            for (int i = 0; i <= days; i++) {
                nextFree[i] = i;
                if (i < days) {
                    start[i] = NOBODY;
                }
            }
            for (long key : goneByStart.keys()) {
                int from = Math.max(KeyedCounts.low(key) - firstDay, 0);
                int to = Math.min(goneByStart.get(key) - 1 - firstDay, days - 1);
                for (int at = from > to ? days : free(nextFree, from); at <= to; at = free(nextFree, at)) {
                    start[at] = KeyedCounts.high(key);
                    nextFree[at] = at + 1;
                }
            }
        }

        /** First unused day, starting from this one. */
        private static int free(int[] nextFree, int from) {
            int at = from;
            while (nextFree[at] != at) {
                nextFree[at] = nextFree[nextFree[at]];
                at = nextFree[at];
            }
            return at;
        }

        @Nullable
        Integer days(int at) {
            return start[at] == NOBODY ? null : firstDay + at - start[at];
        }
    }
}
