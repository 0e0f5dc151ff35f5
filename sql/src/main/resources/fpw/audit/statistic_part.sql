-- The contribution of each cause to the change of each published statistic, without statistics that only time has changed. There is no part if a
-- value on the way is missing. Totals show why others could not be compared; slices are the same in this. Grain: statistic, cause. Reads:
-- statistic_move, changed_statistic, compared_figures, redefined_queue.
-- Parameter: withdrawn_queues, texts. Queues that depend on a withdrawn load.
with

known as (

    select
        statistic,
        bool_and(figure_before is not null and figure_after is not null) as is_whole
    from statistic_move
    group by statistic
    having bool_or(cause <> 'time passed')

),

counted as (

    select
        move.statistic,
        move.cause,
        if(known.is_whole, sum(move.figure_after - move.figure_before), null) as part
    from statistic_move as move
    inner join known
        on move.statistic = known.statistic
    group by move.statistic, move.cause, known.is_whole

),

compared as (

    select
        changed.*,
        counted.cause,
        counted.part,
        case
            when counted.part is not null then null
            when changed.replaced_value is null then 'no value in the replaced release'
            when changed.new_value is null then 'no value in the new release'
            else 'no value after one of the causes'
        end as part_reason
    from counted
    inner join changed_statistic as changed
        on counted.statistic = changed.statistic
    where counted.part is null or abs(counted.part) > 1e-9

),

not_compared as (

    select
        changed.*,
        case
            when not changed.is_available and changed.queue in :withdrawn_queues then 'withdrawn load'
            when not changed.was_available or not changed.is_available then 'coverage'
            when redefined.queue is not null then 'definition'
            else 'coverage'
        end as cause,
        cast(null as double) as part,
        case
            when not changed.is_available then 'not available in the new release'
            when not changed.was_available then 'not available in the replaced release'
            when redefined.queue is not null then 'the definition of the queue was changed'
            else 'the new release knows fewer days of the queue'
        end as part_reason
    from changed_statistic as changed
    inner join compared_figures
        on changed.queue = compared_figures.queue
    left join (select distinct queue from redefined_queue) as redefined
        on changed.queue = redefined.queue
    where
        changed.slice = 'all'
        and (
            not changed.was_available
            or not changed.is_available
            or redefined.queue is not null
            or compared_figures.new_known_to < compared_figures.replaced_known_to
        )

)

select * from compared
union all
select * from not_compared
