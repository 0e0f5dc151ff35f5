package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.DuckSql;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.SettlingRequest;

/**
 * The rows of {@code mart.settling} and {@code mart.settling_month}: how complete the counts of a month were some days
 * after its end, and between what the counts of the latest months are expected to end. A month is compared with others
 * of exactly its age: a share of an earlier day would make the range too high.
 *
 * <p>The range of a share is that of the lowest and the highest of n months, since of n + 1 like ones the last lies
 * between the others with probability (n - 1) / (n + 1): the distribution-free interval of order statistics (Wilks,
 * "Determination of sample sizes for setting tolerance limits", 1941). Quantiles within so few months would promise
 * more. Ranges of counts are computed of whole numbers: no share is rounded before them.
 */
final class Settling {

    /** The table of shares. */
    static final Model MODEL = Models.find("mart.settling").orElseThrow();

    /** The table of what is expected. */
    static final Model MONTH_MODEL = Models.find("mart.settling_month").orElseThrow();

    /** With fewer, a range says nothing of the month after. */
    private static final int FEWEST_MONTHS = 12;

    private static final String TOO_FEW = "fewer than " + FEWEST_MONTHS + " months";

    private static final String UNSETTLED = "not settled after " + SettlingHistory.FINAL_AFTER_DAYS + " days";

    /** The others follow from these, or are parts of them. */
    private static final List<String> DECISIVE =
            List.of("received_count", "reentered_count", "left_count", "waiting_count");

    /** The counts of the lowest and the highest share go with it. A count of 0 has no share, but can be settled. */
    private static final String RANGES = """
            create table settling_range as
            select
                queue,
                measure,
                days_after,
                count(*) as observed_count,
                count(*) filter (final_count = 0) as zero_count,
                count(*) filter (final_count > 0) as period_count,
                min(stated_count / final_count) filter (final_count > 0) as share_low,
                median(stated_count / final_count) filter (final_count > 0) as share_median,
                max(stated_count / final_count) filter (final_count > 0) as share_high,
                arg_min(
                    {'stated_count': stated_count, 'final_count': final_count},
                    stated_count / final_count
                ) filter (final_count > 0) as lowest,
                arg_max(
                    {'stated_count': stated_count, 'final_count': final_count},
                    stated_count / final_count
                ) filter (final_count > 0) as highest,
                count(*) filter (abs(stated_count - final_count) <= greatest(1, 0.005 * final_count)) as settled_count
            from settling_observed
            group by queue, measure, days_after
            """;

    /**
     * What would have been said of each month by the months that were final by that day. Final counts are those of
     * today: what they were then is not looked up.
     */
    private static final String BACKTEST = """
            create table settling_backtest as
            with

            foretold as (

                select
                    month.queue,
                    month.measure,
                    month.days_after,
                    month.month_start_on,
                    month.stated_count,
                    month.final_count,
                    count(*) as period_count,
                    arg_min(
                        {'stated_count': earlier.stated_count, 'final_count': earlier.final_count},
                        earlier.stated_count / earlier.final_count
                    ) as lowest,
                    arg_max(
                        {'stated_count': earlier.stated_count, 'final_count': earlier.final_count},
                        earlier.stated_count / earlier.final_count
                    ) as highest
                from settling_observed as month
                inner join settling_observed as earlier
                    on
                        month.queue = earlier.queue
                        and month.measure = earlier.measure
                        and month.days_after = earlier.days_after
                        and earlier.month_end_on < month.month_end_on
                        and earlier.month_end_on + %1$d <= month.month_end_on + month.days_after
                where earlier.final_count > 0 and month.stated_count > 0
                group by all
                having count(*) >= %2$d and min(earlier.stated_count) > 0

            )

            select
                queue,
                measure,
                days_after,
                count(*) as backtest_period_count,
                count(*) filter (
                    final_count between %3$s and %4$s
                ) as backtest_within_count,
                avg((period_count - 1) / (period_count + 1)) as expected_share
            from foretold
            group by queue, measure, days_after
            """;

    /** Rounded down. */
    private static final String LOW = "%1$s * highest.final_count // highest.stated_count";

    /** Rounded up. */
    private static final String HIGH = "(%1$s * lowest.final_count + lowest.stated_count - 1) // lowest.stated_count";

    private static final String ROWS = """
            create view found_settling as
            with

            counted as (

                select
                    described.*,
                    lag.days_after,
                    coalesce(ranges.observed_count, 0) as observed_count,
                    coalesce(ranges.zero_count, 0) as zero_count,
                    coalesce(ranges.period_count, 0) as period_count,
                    coalesce(ranges.period_count, 0) >= %1$d as has_shares,
                    ranges.share_low,
                    ranges.share_median,
                    ranges.share_high,
                    coalesce(ranges.settled_count, 0) as settled_count,
                    if(
                        coalesce(ranges.observed_count, 0) >= %1$d,
                        ranges.settled_count * 20 >= ranges.observed_count * 19,
                        null
                    ) as is_settled,
                    coalesce(backtest.backtest_period_count, 0) as backtest_period_count,
                    coalesce(backtest.backtest_within_count, 0) as backtest_within_count,
                    backtest.expected_share
                from (
                    select
                        queue,
                        measure,
                        any_value(force) as force,
                        any_value(queue_version) as queue_version,
                        any_value(item_unit) as item_unit
                    from settling_figure
                    group by queue, measure
                ) as described
                inner join settling_lag as lag
                    on lag.is_published
                left join settling_range as ranges
                    on
                        described.queue = ranges.queue
                        and described.measure = ranges.measure
                        and lag.days_after = ranges.days_after
                left join settling_backtest as backtest
                    on
                        described.queue = backtest.queue
                        and described.measure = backtest.measure
                        and lag.days_after = backtest.days_after

            ),

            judged as (

                select
                    *,
                    max(if(is_settled, null, days_after)) filter (is_settled is not null)
                        over (partition by queue, measure) as unsettled_after_days,
                    bool_or(is_settled is not null) over (partition by queue, measure) as is_known
                from counted

            ),

            settled as (

                select
                    *,
                    min(days_after) filter (is_settled and days_after > coalesce(unsettled_after_days, 0))
                        over (partition by queue, measure) as settled_after_days
                from judged

            )

            select
                force,
                queue,
                queue_version,
                item_unit,
                measure,
                days_after,
                observed_count,
                zero_count,
                period_count,
                if(has_shares, share_low, null) as share_low,
                if(has_shares, share_median, null) as share_median,
                if(has_shares, share_high, null) as share_high,
                if(has_shares, (period_count - 1) / (period_count + 1), null) as range_share,
                if(has_shares, null, %2$s) as share_reason,
                settled_count,
                settled_after_days,
                case
                    when settled_after_days is not null then null
                    when is_known then %3$s
                    else %2$s
                end as settled_reason,
                if(measure in (%4$s) and is_known, coalesce(settled_after_days, %5$d), null) as provisional_days,
                backtest_period_count,
                backtest_within_count,
                if(backtest_period_count >= 3, backtest_within_count / backtest_period_count, null)
                    as backtest_within_share,
                if(backtest_period_count >= 3, expected_share, null) as backtest_expected_share,
                %6$s as release_id
            from settled
            """;

    private static final String MONTHS = """
            create view found_settling_month as
            with

            recent as (

                select
                    figure.*,
                    run.day - figure.month_end_on as days_since_end
                from settling_figure as figure
                cross join main.business_date as run
                where figure.month_end_on + %1$d > run.day

            ),

            judged as (

                select
                    recent.*,
                    coalesce(ranges.period_count, 0) as period_count,
                    ranges.share_low,
                    ranges.share_high,
                    ranges.lowest,
                    ranges.highest,
                    case
                        when recent.days_since_end < 1 then 'the month has only just ended'
                        when coalesce(ranges.period_count, 0) < %2$d then %3$s
                        when recent.figure = 0 then 'nothing is counted yet'
                        when ranges.share_low = 0 then 'nothing was counted by then in a month before'
                    end as expected_reason
                from recent
                left join settling_range as ranges
                    on
                        recent.queue = ranges.queue
                        and recent.measure = ranges.measure
                        and recent.days_since_end = ranges.days_after

            )

            select
                force,
                queue,
                queue_version,
                item_unit,
                measure,
                month_start_on,
                month_end_on,
                figure as current_count,
                days_since_end,
                %7$s as days_after,
                period_count,
                case when expected_reason is null then share_low end as share_low,
                case when expected_reason is null then share_high end as share_high,
                case when expected_reason is null then %4$s end as expected_low,
                case when expected_reason is null then %5$s end as expected_high,
                case when expected_reason is null then (period_count - 1) / (period_count + 1) end as range_share,
                expected_reason,
                is_provisional,
                data_as_at,
                %6$s as release_id
            from judged
            """;

    private final AuditSession session;
    private final SettlingRequest request;
    private final ReleaseId releaseId;

    Settling(AuditSession session, SettlingRequest request, ReleaseId releaseId) {
        this.session = session;
        this.request = request;
        this.releaseId = releaseId;
    }

    /**
     * Writes both files; the tables of the candidate must be there, {@code figure_change} among them. After an error
     * both are empty: no count depends on them.
     *
     * @param isCompared whether the candidate was compared with the release that it replaces, and has the steps before;
     *     if not, it is the first of which anything is known
     * @return what went wrong, in one sentence; empty if nothing did, or if nothing was to be computed
     */
    List<String> write(boolean isCompared) {
        Map<String, List<String>> releasedOn = request.releasedOn();
        if (releasedOn == null) {
            copy(List.of(), List.of());
            return List.of();
        }
        CreatedTables created = CreatedTables.of(session);
        try {
            find(isCompared ? releasedOn : Map.of());
            copy(List.of("found_settling"), List.of("found_settling_month"));
            return List.of();
        } catch (RuntimeException failed) {
            failed.printStackTrace();
            created.drop();
            copy(List.of(), List.of());
            return List.of("how complete months were is not listed: the audit could not compute it ("
                    + AuditException.kindOf(failed) + "); " + AuditException.remedyOf(failed));
        }
    }

    private void find(Map<String, List<String>> releasedOn) {
        SettlingHistory.find(session, releasedOn);
        session.execute(RANGES);
        session.execute(BACKTEST.formatted(
                SettlingHistory.FINAL_AFTER_DAYS,
                FEWEST_MONTHS,
                LOW.formatted("stated_count"),
                HIGH.formatted("stated_count")));
        session.execute(ROWS.formatted(
                FEWEST_MONTHS,
                text(TOO_FEW),
                text(UNSETTLED),
                DECISIVE.stream().map(DuckSql::text).collect(Collectors.joining(", ")),
                SettlingHistory.FINAL_AFTER_DAYS,
                text(releaseId.value())));
        session.execute(MONTHS.formatted(
                SettlingHistory.FINAL_AFTER_DAYS,
                FEWEST_MONTHS,
                text(TOO_FEW),
                LOW.formatted("figure"),
                HIGH.formatted("figure"),
                text(releaseId.value()),
                SettlingHistory.LAGS.stream()
                        .sorted(Comparator.reverseOrder())
                        .map(days -> "when days_since_end >= " + days + " then " + days)
                        .collect(Collectors.joining(" ", "cast(case ", " end as integer)"))));
    }

    private void copy(List<String> found, List<String> foundMonths) {
        new WrittenRows(session, MODEL, request.file()).copy(found, MODEL.grain());
        new WrittenRows(session, MONTH_MODEL, request.monthFile()).copy(foundMonths, MONTH_MODEL.grain());
    }
}
