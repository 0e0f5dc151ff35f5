package uk.fpw.metrics.outlook;

/**
 * One whole, known and settled ISO week of the total of a queue, from {@code mart.queue_weekly}.
 *
 * @param startOn its Monday, as days since 1970-01-01
 * @param inflow first and further entries
 * @param pastStandard items past their standard at its end; -1 if the queue has none
 * @param waiting items waiting at its end
 */
record OutlookWeek(int startOn, long inflow, long left, long served, long waiting, long pastStandard) {

    private static final int DAYS = 7;

    int endOn() {
        return startOn + DAYS - 1;
    }

    long netChange() {
        return inflow - left;
    }
}
