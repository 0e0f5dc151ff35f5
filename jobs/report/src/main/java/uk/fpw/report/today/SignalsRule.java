package uk.fpw.report.today;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.FlowUnit;
import uk.fpw.report.page.QueueData;
import uk.fpw.report.page.QueuePaths;
import uk.fpw.report.text.English;
import uk.fpw.report.text.SignalWords;
import uk.fpw.text.Plural;

/** Flows whose latest complete month is more than chance by the rules of control charts. */
final class SignalsRule implements AttentionRule {

    /** Share of unchanged charts whose latest point shows a signal. */
    private static final double LATEST_BY_CHANCE = 0.015;

    /** What is outside its limits comes before what breaks another rule. */
    private static final double FIRST = 1_000_000;

    /** The latest month that is charted, if it is one of the last two that have ended. */
    private static final String FIND = """
            with

            latest as (

                select
                    *,
                    min(month_start_on) over (partition by queue, measure, mean, upper_limit) as base_from_on,
                    count_if(%3$s) over (partition by queue, measure, mean, upper_limit) as base_count,
                    count_if(%3$s and signal <> 'none') over (partition by queue, measure, mean, upper_limit)
                        as base_signal_count,
                    %1$s,
                    %2$s
                from mart.queue_signal
                where is_total and not is_partial and not is_provisional and limits_reason is null
                qualify month_start_on = max(month_start_on) over (partition by queue, measure)

            )

            select
                latest.queue,
                queue.title,
                latest.item_unit,
                latest.measure,
                latest.month_start_on,
                latest.signal,
                latest.flow_count,
                latest.flow_per_day,
                latest.served,
                latest.mean,
                latest.base_from_on,
                latest.base_count,
                latest.base_signal_count,
                latest.is_limit_provisional,
                latest.is_outside_limits,
                latest.is_seasonal,
                latest.last_year,
                abs(latest.flow_per_day - latest.mean) / nullif(latest.upper_limit - latest.mean, 0) as distance
            from latest
            inner join mart.dim_queue as queue using (queue)
            where
                latest.signal <> 'none'
                and queue.queue_role <> 'variant'
                and latest.month_start_on >= date_trunc('month', latest.data_as_at) - interval 2 month
            """;

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.WORSE,
                "beyond its limits",
                "What came in, left, or the difference of both, of the latest complete month, where the control chart "
                        + "of the flow shows more than chance: beyond a limit, 7 months rising or falling, 2 of 3 near "
                        + "a limit, 7 on one side of the mean.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        List<Attention> found = new ArrayList<>();
        if (!site.release().has("mart.queue_signal", "limits_reason")) {
            return found;
        }
        boolean hasService = site.release().has("mart.queue_signal", "flow_per_service_day");
        boolean hasSeasons = site.release().has("mart.queue_signal", "is_season_evident");
        String seasons = hasSeasons
                ? "is_season_evident as is_seasonal, same_month_last_year as last_year"
                : "false as is_seasonal, null as last_year";
        String isOfBase = site.release().has("mart.queue_signal", "is_limit_carried")
                ? "coalesce(not is_limit_carried, true)"
                : "true";
        for (Row row : site.release().rows(FIND.formatted(FlowUnit.columns(hasService), seasons, isOfBase))) {
            Double distance = row.numberOrNull("distance");
            found.add(new Attention(
                    shown(),
                    row.text("title") + ": " + row.text("measure"),
                    English.month(row.date("month_start_on")) + ": " + figures(row)
                            + ". The chart says: " + SignalWords.ofMonths(row.text("signal"))
                            + (row.flag("is_limit_provisional") ? " (limits of fewer than 12 months)" : "") + "."
                            + meaning(row)
                            + season(row),
                    QueuePaths.of(row.text("queue")),
                    new QueueData(site, row.text("queue"), row.text("item_unit"))
                            .sparkline(English.sentence(row.text("measure")) + ", by month", flow(row.text("measure"))),
                    isDoubtful(row)
                            ? Attention.MEANS_LITTLE
                            : (row.flag("is_outside_limits") ? FIRST : 0) + (distance == null ? 0 : distance)));
        }
        return found;
    }

    private static boolean isDoubtful(Row row) {
        return SignalWords.areDoubtful(row.count("base_count"), row.count("base_signal_count"));
    }

    private static String meaning(Row row) {
        return isDoubtful(row)
                ? " It means little: of the " + English.of(row.count("base_count"), "month")
                        + " from which the limits come, " + English.count(row.count("base_signal_count"))
                        + " show more than chance, so there was no usual level."
                : " That is more than chance, and by itself neither better nor worse.";
    }

    /** Limits know of no season. */
    private static String season(Row row) {
        Double lastYear = row.numberOrNull("last_year");
        return !row.flag("is_seasonal") || lastYear == null
                ? ""
                : " Its months differ within each year; the same month of the year before had "
                        + English.number(lastYear) + ".";
    }

    private static String figures(Row row) {
        return English.count(row.countOrNull("flow_count")) + " " + Plural.of(row.text("item_unit")) + ", "
                + English.number(row.numberOrNull("flow_per_day")) + " per " + FlowUnit.day(row)
                + "; the mean since " + English.month(row.date("base_from_on")) + " is "
                + English.number(row.numberOrNull("mean"));
    }

    /** The flow as an expression of {@code mart.queue_monthly}. */
    private static String flow(String measure) {
        return switch (measure) {
            case "received" -> "received_count";
            case "left" -> "left_count";
            default -> "received_count + reentered_count - left_count";
        };
    }

    /**
     * How many of these charts show a signal in their latest month by chance, if nothing has changed: of charts of
     * 12 to 84 independent normal points, 0.010 to 0.019 do (simulated in the tests of the charts). Without charts with
     * an evident season, of which more do.
     */
    static double expectedByChance(SiteData site) {
        return LATEST_BY_CHANCE * charts(site, false);
    }

    /** How many of these charts have an evident season. */
    static long seasonal(SiteData site) {
        return site.release().has("mart.queue_signal", "is_season_evident") ? charts(site, true) : 0;
    }

    private static long charts(SiteData site, boolean areSeasonal) {
        if (!site.release().has("mart.queue_signal", "limits_reason")) {
            return 0;
        }
        boolean hasSeasons = site.release().has("mart.queue_signal", "is_season_evident");
        return site.release()
                .row("""
                        select count(distinct (queue, measure)) as charts
                        from mart.queue_signal
                        inner join mart.dim_queue as queue using (queue)
                        where
                            is_total
                            and not is_partial
                            and not is_provisional
                            and limits_reason is null
                            and queue.queue_role <> 'variant'
                            and coalesce(%s, false) = %s
                        """.formatted(hasSeasons ? "is_season_evident" : "false", areSeasonal))
                .count("charts");
    }
}
