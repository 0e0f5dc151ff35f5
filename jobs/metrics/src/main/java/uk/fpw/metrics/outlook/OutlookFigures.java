package uk.fpw.metrics.outlook;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Models;
import uk.fpw.statistics.FlowProjection;
import uk.fpw.statistics.ProjectionBacktest;
import uk.fpw.statistics.Proportion;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.queue.Queue;

/** Computes the rows of {@code mart.queue_outlook}. */
final class OutlookFigures {

    static final String TABLE = "mart.queue_outlook";

    /** One month, two months, a quarter, half a year and a year. */
    private static final List<Integer> HORIZONS = List.of(4, 8, FlowProjection.MOST_WEEKS_AHEAD, 26, 52);

    /** Weeks of the best pace ever reached: a quarter. */
    private static final int BEST_WEEKS = 13;

    private static final int DAYS_OF_WEEK = 7;

    private final ReleaseKey releaseKey;
    private final TableRows table;

    /** @param consumer receives the values of a row, in the order of the model's columns */
    OutlookFigures(ReleaseKey releaseKey, Consumer<Object[]> consumer) {
        this.releaseKey = releaseKey;
        this.table = new TableRows(Models.find(TABLE).orElseThrow(), consumer);
    }

    /**
     * Writes the rows of a queue.
     *
     * @param weeks its weeks, oldest first and without gaps; at least one
     * @param rebases days from which recorded changes give its control charts new limits, ascending
     * @param dataAsAt last known day of the queue
     */
    void write(Queue queue, List<OutlookWeek> weeks, List<LocalDate> rebases, LocalDate dataAsAt) {
        boolean[] rebased = rebased(weeks, rebases);
        for (int horizon : HORIZONS) {
            write(queue, weeks, rebased, horizon, dataAsAt);
        }
    }

    private void write(Queue queue, List<OutlookWeek> weeks, boolean[] rebased, int horizon, LocalDate dataAsAt) {
        OutlookWeek last = weeks.get(weeks.size() - 1);
        int since = sinceRebase(rebased);
        boolean isEnough = weeks.size() - since >= FlowProjection.WEEKS;
        List<OutlookWeek> recent =
                isEnough ? weeks.subList(weeks.size() - FlowProjection.WEEKS, weeks.size()) : List.of();
        long[] netChanges = longs(recent, OutlookWeek::netChange);
        String refusal = isEnough ? FlowProjection.refusal(netChanges) : tooFew(weeks.size() - since, since > 0);
        boolean isNear = horizon <= FlowProjection.MOST_WEEKS_AHEAD;
        FlowProjection projection =
                isNear && refusal == null ? FlowProjection.of(last.waiting(), netChanges, horizon) : null;
        TableRows.Row row = table.row()
                .set("force", releaseKey.force())
                .set("queue", queue.name())
                .set("queue_version", queue.version())
                .set("item_unit", queue.itemUnit())
                .setDay("from_on", last.endOn())
                .set("horizon_weeks", horizon)
                .setDay("horizon_on", last.endOn() + horizon * DAYS_OF_WEEK)
                .set("waiting_count", last.waiting())
                .set("weekly_net_change", isEnough ? (Double) FlowProjection.mean(netChanges) : null)
                .set(
                        "weekly_net_change_deviation",
                        isEnough ? (Double) FlowProjection.standardDeviation(netChanges) : null)
                .set("closing_if_flows_unchanged", projection == null ? null : (Double) projection.closing())
                .set("closing_low", projection == null ? null : (Double) projection.low())
                .set("closing_high", projection == null ? null : (Double) projection.high())
                .set(
                        "closing_reason",
                        isNear ? refusal : "further ahead than " + FlowProjection.MOST_WEEKS_AHEAD + " weeks");
        backtest(row, isNear ? backtest(weeks, rebased, horizon) : null);
        needed(row, weeks, recent, horizon);
        row.set("data_as_at", dataAsAt)
                .set("release_id", releaseKey.releaseId().value())
                .end();
    }

    private static ProjectionBacktest backtest(List<OutlookWeek> weeks, boolean[] rebased, int horizon) {
        return ProjectionBacktest.of(
                longs(weeks, OutlookWeek::waiting), longs(weeks, OutlookWeek::netChange), rebased, horizon);
    }

    private static void backtest(TableRows.Row row, @Nullable ProjectionBacktest test) {
        Proportion share = test == null ? null : test.share();
        row.set("backtest_count", test == null ? null : (Integer) test.windows())
                .set("backtest_covered_count", test == null ? null : (Integer) test.covered())
                .set("independent_count", test == null ? null : (Integer) test.independent())
                .set("independent_covered_count", test == null ? null : (Integer) test.independentCovered())
                .set("covered_share", share == null ? null : (Double) share.share())
                .set(
                        "covered_share_low",
                        share == null ? null : (Double) share.interval().low())
                .set(
                        "covered_share_high",
                        share == null ? null : (Double) share.interval().high())
                .set("is_backtest_passed", test == null ? null : test.isPassed());
    }

    /** What clearing the late part takes, beside what the queue has done. */
    private static void needed(TableRows.Row row, List<OutlookWeek> weeks, List<OutlookWeek> recent, int horizon) {
        OutlookWeek last = weeks.get(weeks.size() - 1);
        Double inflow = perWeek(recent, OutlookWeek::inflow);
        Double unserved = perWeek(recent, week -> week.left() - week.served());
        boolean hasStandard = last.pastStandard() >= 0;
        int best = best(weeks);
        row.set("past_standard_count", hasStandard ? (Long) last.pastStandard() : null)
                .set("inflow_per_week", inflow)
                .set("left_unserved_per_week", unserved)
                .set("served_per_week", perWeek(recent, OutlookWeek::served))
                .set(
                        "served_per_week_needed",
                        hasStandard && inflow != null && unserved != null
                                ? (Double) Math.max(inflow - unserved + (double) last.pastStandard() / horizon, 0)
                                : null)
                .set(
                        "best_served_per_week",
                        best < 0 ? null : perWeek(weeks.subList(best, best + BEST_WEEKS), OutlookWeek::served))
                .set(
                        "best_from_on",
                        best < 0 ? null : LocalDate.ofEpochDay(weeks.get(best).startOn()))
                .set(
                        "best_to_on",
                        best < 0
                                ? null
                                : LocalDate.ofEpochDay(
                                        weeks.get(best + BEST_WEEKS - 1).endOn()));
    }

    /** Position of the first of the best weeks, the latest if several are as good; -1 if there are too few weeks. */
    private static int best(List<OutlookWeek> weeks) {
        int best = -1;
        long most = -1;
        for (int from = 0; from + BEST_WEEKS <= weeks.size(); from++) {
            long served = weeks.subList(from, from + BEST_WEEKS).stream()
                    .mapToLong(OutlookWeek::served)
                    .sum();
            if (served >= most) {
                most = served;
                best = from;
            }
        }
        return best;
    }

    private static @Nullable Double perWeek(List<OutlookWeek> weeks, ToLongFunction<OutlookWeek> count) {
        return weeks.isEmpty()
                ? null
                : (Double) ((double) weeks.stream().mapToLong(count).sum() / weeks.size());
    }

    private static String tooFew(int weeks, boolean isSinceRebase) {
        return Plural.of(weeks, "whole settled week")
                + (isSinceRebase ? " since a recorded change" : "")
                + ", fewer than "
                + FlowProjection.WEEKS;
    }

    private static long[] longs(List<OutlookWeek> weeks, ToLongFunction<OutlookWeek> count) {
        return weeks.stream().mapToLong(count).toArray();
    }

    /** For each week whether a recorded change began in it. */
    private static boolean[] rebased(List<OutlookWeek> weeks, List<LocalDate> rebases) {
        boolean[] rebased = new boolean[weeks.size()];
        for (int i = 0; i < rebased.length; i++) {
            OutlookWeek week = weeks.get(i);
            rebased[i] = rebases.stream()
                    .mapToInt(day -> (int) day.toEpochDay())
                    .anyMatch(day -> week.startOn() <= day && day <= week.endOn());
        }
        return rebased;
    }

    /** Position of the first week that is not before the last recorded change. */
    private static int sinceRebase(boolean[] rebased) {
        int since = 0;
        for (int i = 0; i < rebased.length; i++) {
            since = rebased[i] ? i : since;
        }
        return since;
    }
}
