package uk.fpw.metrics.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.FalseSignals;
import uk.fpw.statistics.SeasonSignals;
import uk.fpw.statistics.XmrChart;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.change.Changes;

/**
 * The control chart of the months of a series, and the columns that its tables share (block {@code control_chart} of
 * {@code common.yml}). A month that is not charted has no value but a reason; charted months count as consecutive,
 * whatever is left out between them.
 *
 * <p>A recorded change begins a new segment. The limits of a segment come from its own months, so later months do not
 * change them once it has ended. Until a new segment has {@link #FIRM_FROM_POINTS} charted months, its months are
 * compared with the limits of the previous segment.
 */
final class MonthChart {

    /** With fewer points there are no limits: a single moving range says nothing about variation. */
    static final int FEWEST_POINTS = 3;

    /** With fewer points limits are provisional, and after a recorded change those of the previous segment apply. */
    static final int FIRM_FROM_POINTS = Changes.Rebase.POINTS;

    /**
     * With fewer items a month, on average, there are no limits. Small counts are skewed and often equal, so more
     * charts show a signal without any change than {@link FalseSignals} says: less than 1.5 times as many at this
     * mean, 2.7 times as many at a mean of 1.
     */
    static final int FEWEST_ITEMS = 5;

    private final List<Month> months;
    private final String itemsAre;
    private final String othersAre;
    private final ChartSeason season;
    private final Map<Integer, Plotted> plotted;
    private final Map<Integer, Plotted> unrebased;

    /**
     * A month that may be a point of the chart.
     *
     * @param number number of the month, see {@link Period#MONTH}
     * @param value null if it is not charted
     * @param items items that it counts
     * @param others items of the other kind, if its value compares two numbers; otherwise the same as {@code items}
     * @param reason why it is not charted; null if it is
     */
    record Month(
            int number,
            @Nullable Double value,
            long items,
            long others,
            @Nullable String reason) {}

    /**
     * A charted month.
     *
     * @param limitPoints number of the points from which its limits come
     * @param isCarried whether its limits are those of the previous segment
     * @param withoutLimits why there are no limits; null if there are
     */
    private record Plotted(
            XmrChart.Point point,
            int limitPoints,
            boolean isCarried,
            @Nullable String withoutLimits) {

        private double falseSignalShare(double season) {
            int points = point.segment().points();
            return isCarried
                    ? SeasonSignals.shareOfLater(limitPoints, points, season)
                    : SeasonSignals.share(points, season);
        }
    }

    private MonthChart(Builder builder, List<Integer> rebasedOn) {
        this.months = List.copyOf(builder.months);
        this.itemsAre = builder.itemsAre;
        this.othersAre = builder.othersAre;
        List<Month> charted =
                months.stream().filter(month -> month.value() != null).toList();
        this.season = builder.hasSeasons ? ChartSeason.of(months, this::withoutLimits) : ChartSeason.NONE;
        int[] starts = segmentStarts(charted, rebasedOn);
        this.unrebased = plot(charted, new int[0]);
        this.plotted = starts.length == 0 ? unrebased : plot(charted, starts);
    }

    /** A segment begins with the first charted month that starts on the day of a change or later. */
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

    private Map<Integer, Plotted> plot(List<Month> charted, int[] starts) {
        double[] values = charted.stream()
                .mapToDouble(month -> Objects.requireNonNull(month.value()))
                .toArray();
        List<XmrChart.Point> points = XmrChart.of(values, starts, XmrChart.Options.DEFAULT);
        Map<Integer, Plotted> byMonth = new HashMap<>();
        XmrChart.Segment before = null;
        int start = 0;
        while (start < points.size()) {
            XmrChart.Segment own = points.get(start).segment();
            int end = start + own.points();
            boolean isCarried = before != null && own.points() < FIRM_FROM_POINTS;
            XmrChart.Segment limits = isCarried ? Objects.requireNonNull(before) : own;
            List<XmrChart.Point> ofSegment = isCarried
                    ? XmrChart.against(limits, own.number(), Arrays.copyOfRange(values, start, end))
                    : points.subList(start, end);
            String withoutLimits = isCarried ? null : withoutLimits(charted.subList(start, end));
            for (int i = start; i < end; i++) {
                byMonth.put(
                        charted.get(i).number(),
                        new Plotted(ofSegment.get(i - start), limits.points(), isCarried, withoutLimits));
            }
            before = withoutLimits == null ? limits : null;
            start = end;
        }
        return byMonth;
    }

    private @Nullable String withoutLimits(List<Month> segment) {
        int points = segment.size();
        if (points < FEWEST_POINTS) {
            return Plural.of(points, "point") + ": limits need at least " + FEWEST_POINTS;
        }
        double items = mean(segment, Month::items);
        double others = mean(segment, Month::others);
        double fewest = Math.min(items, others);
        return fewest >= FEWEST_ITEMS
                ? null
                : String.format(
                        Locale.ROOT,
                        "on average %.2f items a month %s, fewer than %d",
                        Math.floor(fewest * 100) / 100,
                        items <= others ? itemsAre : othersAre,
                        FEWEST_ITEMS);
    }

    private static double mean(List<Month> segment, ToLongFunction<Month> items) {
        return (double) segment.stream().mapToLong(items).sum() / segment.size();
    }

    /** The months in order of time. */
    List<Month> months() {
        return months;
    }

    /** Sets the columns about seasons, which not every table of charts has. */
    TableRows.Row fillSeason(TableRows.Row row, Month month) {
        return season.fill(row, month);
    }

    /** Sets the columns of the chart for a month. */
    TableRows.Row fill(TableRows.Row row, Month month) {
        Plotted here = plotted.get(month.number());
        Plotted limited = here == null || here.withoutLimits() != null ? null : here;
        XmrChart.Point drawn = limited == null ? null : limited.point();
        Plotted unlimited = unrebased.get(month.number());
        XmrChart.Point whole = unlimited == null || unlimited.withoutLimits() != null ? null : unlimited.point();
        XmrChart.Segment segment = drawn == null ? null : drawn.segment();
        XmrChart.Segment all = whole == null ? null : whole.segment();
        return row.set("segment", here == null ? null : here.point().segment().number())
                .set("point_count", here == null ? null : here.point().segment().points())
                .set("mean", segment == null ? null : segment.mean())
                .set("moving_range", drawn == null ? null : drawn.movingRange())
                .set("lower_limit", segment == null ? null : segment.lower())
                .set("upper_limit", segment == null ? null : segment.upper())
                .set("lower_near_limit", segment == null ? null : segment.nearLower())
                .set("upper_near_limit", segment == null ? null : segment.nearUpper())
                .set("is_limit_provisional", limited == null ? null : limited.limitPoints() < FIRM_FROM_POINTS)
                .set("is_limit_carried", limited == null ? null : limited.isCarried())
                .set("signal", drawn == null ? null : drawn.signal().label())
                .set("is_outside_limits", drawn == null ? null : drawn.isOutside())
                .set("is_trend", drawn == null ? null : drawn.isTrend())
                .set("is_two_of_three", drawn == null ? null : drawn.isTwoOfThree())
                .set("is_shift", drawn == null ? null : drawn.isShift())
                .set("unrebased_mean", all == null ? null : all.mean())
                .set("unrebased_lower_limit", all == null ? null : all.lower())
                .set("unrebased_upper_limit", all == null ? null : all.upper())
                .set("unrebased_signal", whole == null ? null : whole.signal().label())
                .set("false_signal_share", limited == null ? null : limited.falseSignalShare(season.size()))
                .set("limits_reason", here == null ? month.reason() : here.withoutLimits());
    }

    /** Why a month cannot be charted, whatever the measure; null if it can. */
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
        private boolean hasSeasons;
        private final String itemsAre;
        private final String othersAre;

        /**
         * For a chart of one number of items, or of two numbers compared.
         *
         * @param itemsAre what the items of its months did, such as "left"
         * @param othersAre what the other items did; the same if there are none
         */
        Builder(String itemsAre, String othersAre) {
            this.itemsAre = itemsAre;
            this.othersAre = othersAre;
        }

        /** Adds a month that is charted. */
        Builder add(int number, double value, long items, long others) {
            months.add(new Month(number, value, items, others, null));
            return this;
        }

        /** Adds a month that is not charted, with the reason. */
        Builder add(int number, String reason) {
            months.add(new Month(number, null, 0, 0, reason));
            return this;
        }

        /** Tests whether months of the year differ; the months must be added in order and without gaps. */
        Builder withSeasons() {
            this.hasSeasons = true;
            return this;
        }

        /**
         * Draws the chart.
         *
         * @param rebasedOn days of recorded changes that begin new limits, ascending
         */
        MonthChart draw(List<Integer> rebasedOn) {
            return new MonthChart(this, rebasedOn);
        }
    }
}
