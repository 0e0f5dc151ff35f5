-- How many rows of mart.figure_change differ from what the published tables of two releases come to: figures that differ and are not listed, or not
-- with this difference, or that are listed although they do not differ. A month, week or day counts where its total is available in both, and a
-- measure where both state it for the slice: not, for instance, what is late by a standard that one of them has not. One row. Reads:
-- published_figure, queue_monthly, queue_weekly and queue_daily of both releases, and nothing that the changes were found with.
-- Parameter: as_at, date. Business date of the replaced release.
-- Parameter: release_id, text. The release whose rows are compared.
-- Parameter: changes, text. A table or view with the columns of mart.figure_change.
with

known as (

    select
        queue,
        'month' as period_kind,
        month_start_on as period_start_on
    from (
        select
            queue,
            month_start_on
        from replaced.queue_monthly
        where is_total and is_available
        intersect
        select
            queue,
            month_start_on
        from main.queue_monthly
        where is_total and is_available
    )
    union all
    select
        queue,
        'week',
        week_start_on
    from (
        select
            queue,
            week_start_on
        from replaced.queue_weekly
        where is_total and is_available
        intersect
        select
            queue,
            week_start_on
        from main.queue_weekly
        where is_total and is_available
    )
    union all
    select
        queue,
        'day',
        day
    from (
        select
            queue,
            day
        from replaced.queue_daily
        where is_total and is_available
        intersect
        select
            queue,
            day
        from main.queue_daily
        where is_total and is_available
    )
    where day = :as_at

),

new_cell as (

    select * exclude (period_end_on)
    from main.published_figure
    where period_end_on <= :as_at

),

replaced_cell as (

    select * exclude (period_end_on)
    from replaced.published_figure
    where period_end_on <= :as_at

),

stated as (

    select
        queue,
        slice,
        measure
    from new_cell
    where figure is not null
    intersect
    select
        queue,
        slice,
        measure
    from replaced_cell
    where figure is not null

),

cell as (

    select
        *,
        0 as replaced_figure,
        figure as new_figure
    from new_cell
    union all
    select
        *,
        figure,
        0
    from replaced_cell

),

published as (

    select
        cell.* exclude (figure, replaced_figure, new_figure),
        sum(replaced_figure) as replaced_figure,
        sum(new_figure) as new_figure
    from cell
    semi join known on cell.queue = known.queue and cell.period_kind = known.period_kind and cell.period_start_on = known.period_start_on
    semi join stated using (queue, slice, measure)
    group by all
    having sum(replaced_figure) <> sum(new_figure) and bool_and(figure is not null)

),

listed as (

    select
        queue,
        slice,
        slice_value,
        exit_reason,
        period_kind,
        period_start_on,
        measure,
        max(replaced_value) as replaced_figure,
        max(replaced_value) + sum(part) as new_figure
    from query_table(:changes)
    where new_release_id = :release_id and part is not null
    group by all

),

not_listed as (

    select * from published
    except
    select * from listed

),

not_published as (

    select *
    from listed
    semi join known using (queue, period_kind, period_start_on)
    semi join stated using (queue, slice, measure)
    except
    select * from published

)

select (select count(*) from not_listed) + (select count(*) from not_published) as difference_count
