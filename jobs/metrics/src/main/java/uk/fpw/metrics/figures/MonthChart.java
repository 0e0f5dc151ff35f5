package uk.fpw.metrics.figures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.Period;
import uk.fpw.metrics.statistics.FalseSignals;
import uk.fpw.metrics.statistics.XmrChart;
import uk.fpw.metrics.table.TableRows;

/**
 * The control chart of a series of months, and the columns that its tables share (block {@code control_chart} of
 * {@code common.yml}). A month that is not charted has no value and a reason; the months that are charted follow each
 * other, whatever is left out between them.
 */
final class MonthChart {

    /** With fewer points there are no limits: one moving range, or none, says nothing of how values vary. */
    static final int FEWEST_POINTS = 3;

    /** With fewer points the limits are provisional. */
    static final int FIRM_FROM_POINTS = 12;

    private final List<Month> months;
    private final Map<Integer, XmrChart.Point> points;
    private final Map<Integer, XmrChart.Point> unrebased;

    /**
     * A month that may be a point of the chart.
     *
     * @param number of the month, see {@link Period#MONTH}
     * @param value null if it is not charted
     * @param reason why it is not charted; null if it is
     */
    record Month(
            int number, @Nullable Double value, @Nullable String reason) {}

    /**
     * Draws the chart.
     *
     * @param months in the order of time
     * @param rebasedOn days from which on the process is another, so that limits are taken anew: a segment begins with
     *     the first charted month that starts on such a day or later
     */
    MonthChart(List<Month> months, List<Integer> rebasedOn) {
        this.months = months;
        List<Month> charted =
                months.stream().filter(month -> month.value() != null).toList();
        double[] values = charted.stream()
                .mapToDouble(month -> Objects.requireNonNull(month.value()))
                .toArray();
        int[] starts = segmentStarts(charted, rebasedOn);
        this.unrebased = byMonth(charted, XmrChart.of(values, new int[0], XmrChart.Options.DEFAULT));
        this.points = starts.length == 0
                ? unrebased
                : byMonth(charted, XmrChart.of(values, starts, XmrChart.Options.DEFAULT));
    }

    private static int[] segmentStarts(List<Month> charted, List<Integer> rebasedOn) {
        return rebasedOn.stream()
                .mapToInt(day -> (int) charted.stream()
                        .filter(month -> Period.MONTH.firstDay(month.number()) < day)
                        .count())
                .filter(start -> start > 0 && start < charted.size())
                .sorted()
                .distinct()
                .toArray();
    }

    private static Map<Integer, XmrChart.Point> byMonth(List<Month> charted, List<XmrChart.Point> points) {
        Map<Integer, XmrChart.Point> byMonth = new HashMap<>();
        for (int i = 0; i < points.size(); i++) {
            byMonth.put(charted.get(i).number(), points.get(i));
        }
        return byMonth;
    }

    /** The months in the order of time. */
    List<Month> months() {
        return months;
    }

    /** Sets what the chart says of a month. */
    TableRows.Row fill(TableRows.Row row, Month month) {
        XmrChart.Point point = points.get(month.number());
        XmrChart.Point drawn = hasLimits(point) ? point : null;
        XmrChart.Point other = unrebased.get(month.number());
        XmrChart.Point whole = hasLimits(other) ? other : null;
        XmrChart.Segment segment = drawn == null ? null : drawn.segment();
        XmrChart.Segment all = whole == null ? null : whole.segment();
        return row.set("segment", point == null ? null : point.segment().number())
                .set("point_count", point == null ? null : point.segment().points())
                .set("mean", segment == null ? null : segment.mean())
                .set("moving_range", drawn == null ? null : drawn.movingRange())
                .set("lower_limit", segment == null ? null : segment.lower())
                .set("upper_limit", segment == null ? null : segment.upper())
                .set("lower_near_limit", segment == null ? null : segment.nearLower())
                .set("upper_near_limit", segment == null ? null : segment.nearUpper())
                .set("is_limit_provisional", segment == null ? null : segment.points() < FIRM_FROM_POINTS)
                .set("signal", drawn == null ? null : drawn.signal().label())
                .set("is_outside_limits", drawn == null ? null : drawn.isOutside())
                .set("is_trend", drawn == null ? null : drawn.isTrend())
                .set("is_two_of_three", drawn == null ? null : drawn.isTwoOfThree())
                .set("is_shift", drawn == null ? null : drawn.isShift())
                .set("unrebased_mean", all == null ? null : all.mean())
                .set("unrebased_lower_limit", all == null ? null : all.lower())
                .set("unrebased_upper_limit", all == null ? null : all.upper())
                .set("unrebased_signal", whole == null ? null : whole.signal().label())
                .set("false_signal_share", segment == null ? null : FalseSignals.share(segment.points()))
                .set("limits_reason", reason(month, point));
    }

    private static boolean hasLimits(XmrChart.@Nullable Point point) {
        return point != null && point.segment().points() >= FEWEST_POINTS;
    }

    private static @Nullable String reason(Month month, XmrChart.@Nullable Point point) {
        if (point == null) {
            return month.reason();
        }
        int points = point.segment().points();
        return points >= FEWEST_POINTS
                ? null
                : points + (points == 1 ? " point" : " points") + ": limits need at least " + FEWEST_POINTS;
    }

    /** Why a month cannot be charted, whatever is charted; null if it can. */
    static @Nullable String reason(Series series, int month, boolean isProvisional) {
        if (!series.isAvailable(series.measuredTo(Period.MONTH, month))) {
            return "not available";
        }
        if (series.isPartial(Period.MONTH, month)) {
            return "the month is partial";
        }
        return isProvisional ? "the month is provisional" : null;
    }

    /** Collects months. */
    static final class Builder {

        private final List<Month> months = new ArrayList<>();

        /** Adds a month with its value, or, if there is one, with the reason why it has none. */
        Builder add(int number, double value, @Nullable String reason) {
            months.add(new Month(number, reason == null ? value : null, reason));
            return this;
        }

        /**
         * Draws the chart.
         *
         * @param rebasedOn days of recorded changes that begin new limits, ascending. One with fewer than
         *     {@link #FIRM_FROM_POINTS} charted months from it to the next, or to the end, begins none yet: the limits
         *     before it stay until the new ones can be relied on
         */
        MonthChart draw(List<Integer> rebasedOn) {
            List<Integer> applied = new ArrayList<>();
            int end = Integer.MAX_VALUE;
            for (int i = rebasedOn.size() - 1; i >= 0; i--) {
                if (chartedBetween(rebasedOn.get(i), end) >= FIRM_FROM_POINTS) {
                    end = rebasedOn.get(i);
                    applied.add(0, end);
                }
            }
            return new MonthChart(List.copyOf(months), applied);
        }

        private long chartedBetween(int from, int end) {
            return months.stream()
                    .filter(month -> month.value() != null)
                    .mapToInt(month -> Period.MONTH.firstDay(month.number()))
                    .filter(day -> day >= from && day < end)
                    .count();
        }
    }
}
