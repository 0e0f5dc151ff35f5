package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.fpw.model.DuckSql;

/**
 * What releases stated of the total counts of a month some days after its end, beside what the candidate states. As the
 * tables {@code settling_figure} (what it states), {@code settling_lag} (days after the end of a month: {@link #LAGS},
 * and the ages of the months that are younger than the longest of them) and {@code settling_observed}.
 *
 * <p>What was stated then is today's count without what the later steps of {@code mart.figure_change} have added. It is
 * known where every later step is recorded, and a release of the month's last day or later had stated it by then.
 */
final class SettlingHistory {

    /** Days after the end of a month of which the shares are published. */
    static final List<Integer> LAGS = List.of(1, 2, 7, 14, 28, 56, 91);

    /** From this age of a month on its count is taken as final; the longest of {@link #LAGS}. */
    static final int FINAL_AFTER_DAYS = 91;

    /**
     * Months that ended longer ago say little about the habits of today. A release keeps the steps of more months than
     * these.
     */
    private static final int MONTHS = 24;

    /**
     * Causes that are no lateness: they change what is counted, and not what is known. What was stated before them
     * counts something else than what is stated now.
     */
    static final List<String> REDEFINED = List.of("software", "definition");

    /** A queue without a standard or without stages has no such count. */
    private static final String FIGURES = """
            create table settling_figure as
            select *
            from (
                select
                    force,
                    queue,
                    queue_version,
                    item_unit,
                    month_start_on,
                    month_end_on,
                    data_as_at,
                    is_provisional,
                    unnest([%s], recursive := true)
                from main.queue_monthly
                where is_total and is_available and not is_partial
            )
            where figure is not null
            """;

    private static final String ALL_LAGS = """
            create table settling_lag as
            select
                days_after,
                bool_or(is_published) as is_published
            from (
                select
                    cast(unnest([%1$s]) as integer) as days_after,
                    true as is_published
                union all
                select
                    cast(run.day - figure.month_end_on as integer) as days_after,
                    false as is_published
                from settling_figure as figure
                cross join main.business_date as run
                where figure.month_end_on < run.day and figure.month_end_on + %2$d > run.day
            )
            group by days_after
            """;

    /**
     * A step that makes a count unavailable, or available again, has no parts: it takes the count away, or brings it
     * back. What happened meanwhile is what both come to together. A month is left out for the days before its count
     * was redefined, also where the definition made it available, or unavailable.
     */
    private static final String OBSERVED = """
            create table settling_observed as
            with

            released as (

                %1$s
                select distinct
                    figure.queue,
                    run.day as released_on
                from settling_figure as figure
                cross join main.business_date as run

            ),

            step as (

                select
                    queue,
                    measure,
                    period_start_on as month_start_on,
                    new_as_at,
                    cast(split_part(new_release_id, '.', 2) as integer) as release_number,
                    any_value(replaced_value) is null as was_unavailable,
                    bool_or(cause in (%2$s) and part is distinct from 0) as is_redefined,
                    sum(coalesce(part, coalesce(new_value, 0) - coalesce(replaced_value, 0))) as added
                from main.figure_history
                where slice = 'all' and exit_reason = 'all' and period_kind = 'month'
                group by queue, measure, period_start_on, new_as_at, new_release_id

            ),

            ended as (

                select
                    figure.queue,
                    figure.measure,
                    figure.month_start_on,
                    figure.month_end_on,
                    figure.figure as final_count,
                    lag.days_after
                from settling_figure as figure
                cross join main.business_date as run
                cross join settling_lag as lag
                where
                    figure.month_end_on + %3$d <= run.day
                    and figure.month_end_on > run.day - interval %4$d months
                    and exists (
                        select 1
                        from released
                        where
                            released.queue = figure.queue
                            and released.released_on between figure.month_end_on
                            and figure.month_end_on + lag.days_after
                    )

            )

            select
                ended.queue,
                ended.measure,
                ended.month_start_on,
                ended.month_end_on,
                ended.days_after,
                ended.final_count,
                cast(ended.final_count - coalesce(sum(step.added), 0) as bigint) as stated_count
            from ended
            left join step
                on
                    ended.queue = step.queue
                    and ended.measure = step.measure
                    and ended.month_start_on = step.month_start_on
                    and step.new_as_at > ended.month_end_on + ended.days_after
            group by
                ended.queue,
                ended.measure,
                ended.month_start_on,
                ended.month_end_on,
                ended.days_after,
                ended.final_count
            having
                ended.final_count - coalesce(sum(step.added), 0) >= 0
                and not coalesce(first(step.was_unavailable order by step.new_as_at, step.release_number), false)
                and not coalesce(bool_or(step.is_redefined), false)
            """;

    private SettlingHistory() {}

    /**
     * Makes the tables; those of the candidate must be there, {@code figure_history} among them.
     *
     * @param releasedOn by queue, the business dates of the releases from which on every step is recorded, without the
     *     candidate's
     */
    static void find(AuditSession session, Map<String, List<String>> releasedOn) {
        session.execute(FIGURES.formatted(ReplacedTables.measureStructs("%s")));
        session.execute(ALL_LAGS.formatted(
                LAGS.stream().map(String::valueOf).collect(Collectors.joining(", ")), FINAL_AFTER_DAYS));
        session.execute(OBSERVED.formatted(
                released(releasedOn),
                REDEFINED.stream().map(DuckSql::text).collect(Collectors.joining(", ")),
                FINAL_AFTER_DAYS,
                MONTHS));
    }

    /** The beginning of a union. */
    private static String released(Map<String, List<String>> releasedOn) {
        return releasedOn.entrySet().stream()
                .filter(queue -> !queue.getValue().isEmpty())
                .map(queue -> "select " + text(queue.getKey()) + " as queue, unnest(cast(["
                        + queue.getValue().stream().map(DuckSql::text).collect(Collectors.joining(", "))
                        + "] as date[])) as released_on union ")
                .collect(Collectors.joining());
    }
}
