package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.IntervalChart;
import uk.fpw.report.chart.SurvivalChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;
import uk.fpw.report.text.SignalWords;

/** Parts of a queue's page about how long items wait, and standards. */
final class QueueWaits {

    /** The latest years in which items entered. */
    private static final String SUMMARIES = """
            select *
            from mart.wait_summary
            where queue = :queue and is_total and starts_with(cohort, 'first entries ') and is_available
            order by cohort desc
            """;

    private static final String CURVES = """
            select cohort, wait_days, still_waiting_share, still_waiting_low, still_waiting_high
            from mart.wait_curve
            where
                queue = :queue
                and is_total
                and exit_reason = 'all'
                and starts_with(cohort, 'first entries ')
                and still_waiting_share is not null
            order by cohort, wait_days
            """;

    private static final String STANDARDS = """
            select
                standard.title,
                %s as target_share,
                met.*
            from mart.wait_standard as met
            inner join mart.dim_standard as standard using (queue, standard)
            where met.queue = :queue and met.is_total
            qualify row_number() over (partition by met.standard order by met.month_start_on desc) <= 24
            order by standard.title, met.month_start_on
            """;

    private static final String LIMITS = """
            select
                standard.title,
                chart.*,
                min(chart.month_start_on) over base as base_from_on,
                max(chart.month_start_on) over base as base_to_on,
                count(*) over base as base_count,
                count(*) filter (chart.signal <> 'none') over base as base_signal_count
            from mart.standard_signal as chart
            inner join mart.dim_standard as standard using (queue, standard)
            where chart.queue = :queue and chart.is_total and chart.mean is not null
            window base as (partition by chart.standard, chart.mean, chart.upper_limit, chart.is_limit_carried)
            qualify row_number() over (partition by chart.standard order by chart.month_start_on desc) = 1
            order by standard.title
            """;

    private QueueWaits() {}

    /** Share still waiting by day of wait, for the latest years of entry. */
    static List<Block> curves(QueueData data) {
        List<Row> summaries = data.rows(SUMMARIES).stream().limit(3).toList();
        if (summaries.isEmpty()) {
            return List.of();
        }
        Map<String, List<SurvivalChart.Step>> steps = new LinkedHashMap<>();
        for (Row row : data.rows(CURVES)) {
            steps.computeIfAbsent(row.text("cohort"), cohort -> new ArrayList<>())
                    .add(new SurvivalChart.Step(
                            row.count("wait_days"),
                            Objects.requireNonNull(row.numberOrNull("still_waiting_share")),
                            row.numberOrNull("still_waiting_low"),
                            row.numberOrNull("still_waiting_high")));
        }
        List<SurvivalChart.Curve> curves = summaries.stream()
                .map(row -> new SurvivalChart.Curve(
                        year(row) + (row.flag("is_partial") ? " (partial)" : ""),
                        steps.getOrDefault(row.text("cohort"), List.of()),
                        row.numberOrNull("median_days")))
                .toList();
        Block.DataTable table = new Block.DataTable(
                "Days after which a quarter, half and nine in ten had left, with 95 % intervals",
                List.of(
                        "Entered in",
                        "Items",
                        "A quarter",
                        "Half",
                        "Nine in ten",
                        "Status of the curve",
                        "Status of the intervals"),
                summaries.stream().map(QueueWaits::line).toList());
        return List.of(new Block(
                "waits",
                "How long items wait",
                List.of("Share of the items that entered in a financial year and are still waiting, by days since they "
                        + "entered, for leaving in any way. Items that still wait count up to today. Where few "
                        + "are followed, at the end of a curve, its band is wide. Where too few cases or people are "
                        + "behind a curve, it has no band."),
                List.of(SurvivalChart.of("curves", "Still waiting, by days since entry", "share", curves)),
                List.of(table),
                List.of("A half that have left in any way are not a half that were served. Overlapping intervals are "
                        + "no test of a difference."),
                ""));
    }

    private static String year(Row row) {
        return row.text("cohort").substring("first entries ".length());
    }

    private static List<Block.Cell> line(Row row) {
        return List.of(
                Block.Cell.of(year(row) + (row.flag("is_partial") ? " (partial)" : "")),
                Block.Cell.of(English.count(row.countOrNull("spell_count"))),
                Block.Cell.of(quantile(row, "p25")),
                Block.Cell.of(quantile(row, "median")),
                Block.Cell.of(quantile(row, "p90")),
                Block.Cell.of(row.text("curve_status")),
                Block.Cell.of(row.text("interval_status")));
    }

    private static String quantile(Row row, String name) {
        Double days = row.numberOrNull(name + "_days");
        if (days == null) {
            return "not reached";
        }
        if (!row.text("interval_status").equals("ok")) {
            return plain(days);
        }
        return plain(days) + " (" + plain(row.numberOrNull(name + "_low_days")) + " to "
                + plain(row.numberOrNull(name + "_high_days")) + ")";
    }

    private static String plain(@Nullable Double days) {
        if (days == null) {
            return "not reached";
        }
        return days == Math.rint(days) ? English.count(Math.round(days)) : English.number(days);
    }

    /** Share that met each standard, by month of entry. */
    static List<Block> standards(QueueData data) {
        Map<String, List<IntervalChart.Share>> shares = new LinkedHashMap<>();
        Map<String, Double> targets = new HashMap<>();
        boolean hasTargets = data.has("mart.dim_standard", "target_share");
        for (Row row : data.rows(STANDARDS.formatted(hasTargets ? "standard.target_share" : "cast(null as double)"))) {
            Double target = row.numberOrNull("target_share");
            if (target != null) {
                targets.put(row.text("title"), target);
            }
            shares.computeIfAbsent(row.text("title"), title -> new ArrayList<>())
                    .add(share(row));
        }
        if (shares.isEmpty()) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>();
        shares.forEach((title, series) -> charts.add(IntervalChart.of(
                "standard-" + charts.size(),
                title,
                "share of the items that are due",
                "lowest and highest possible share",
                series,
                targets.get(title))));
        List<String> words = new ArrayList<>();
        words.add(
                "Of the items that entered in a month and whose deadline has passed, the share that met the standard. "
                        + "A whisker is what the share lies between where the time of day is not known; it is no 95 % "
                        + "interval.");
        shares.keySet().stream()
                .filter(title -> !targets.containsKey(title))
                .forEach(title -> words.add(title + ": no target is declared."));
        words.addAll(limits(data));
        return List.of(new Block(
                "standards",
                "Standards",
                words,
                charts,
                List.of(),
                List.of("Items that are not yet due are not counted, neither for nor against. An item that left in "
                        + "time without the work being done counts as due and not met. Which standards an item "
                        + "has follows from what was recorded when it entered, not from what was changed "
                        + "later. Months with too few items due have no limits of chance."),
                ""));
    }

    /** What chance alone would do to the share of each standard that has a control chart. */
    private static List<String> limits(QueueData data) {
        if (!data.has("mart.standard_signal", "mean", "met_share")) {
            return List.of();
        }
        return data.rows(LIMITS).stream()
                .map(row -> row.text("title") + ": the mean is " + English.share(row.number("mean"))
                        + ", the limits of chance are " + English.share(Math.max(0, row.number("lower_limit")))
                        + " and "
                        + English.share(Math.min(1, row.number("upper_limit"))) + "; the latest month that can be "
                        + "judged, " + English.month(row.date("month_start_on")) + ", is "
                        + English.share(row.number("met_share"))
                        + (row.text("signal").equals("none")
                                ? ", within them."
                                : ": " + SignalWords.ofMonths(row.text("signal")) + ".")
                        + (row.flag("is_limit_carried")
                                ? " The limits are those before the last recorded change."
                                : " "
                                        + SignalWords.base(
                                                row.date("base_from_on"),
                                                row.date("base_to_on"),
                                                row.count("base_count"),
                                                row.count("base_signal_count"))))
                .toList();
    }

    private static IntervalChart.Share share(Row row) {
        Long due = row.countOrNull("due_count");
        boolean isShown = row.flag("is_available") && due != null && due > 0;
        Double low = row.numberOrNull("share_low");
        Double high = row.numberOrNull("share_high");
        boolean isExact = low != null && low.equals(high);
        return new IntervalChart.Share(
                English.shortMonth(row.date("month_start_on")),
                isShown ? (isExact || low == null || high == null ? low : (low + high) / 2) : null,
                isShown ? low : null,
                isShown ? high : null,
                English.count(due) + " due",
                note(row, due),
                false,
                isUnfinished(row));
    }

    private static boolean isUnfinished(Row row) {
        Long notYetDue = row.countOrNull("not_yet_due_count");
        return notYetDue != null && notYetDue > 0;
    }

    private static @Nullable String note(Row row, @Nullable Long due) {
        if (!row.flag("is_available")) {
            return row.textOrNull("unavailable_reason");
        }
        if (due == null || due == 0) {
            return "none is due yet";
        }
        if (isUnfinished(row)) {
            return "not complete: some are not yet due";
        }
        return row.flag("is_partial")
                ? "the month is not over"
                : row.flag("is_provisional") ? "late records are still expected" : null;
    }
}
