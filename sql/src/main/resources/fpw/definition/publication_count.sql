-- mart.publication_count: distinct cases or people with a first spell that began in a quarter, and those with an item
-- waiting at its end, or at the end of the last known day in the last quarter.
-- Grain: queue, quarter_start_on. Reads: series_spell, queue_daily.
with

quarter as (

    select
        queue,
        cast(date_trunc('quarter', day) as date) as quarter_start_on
    from queue_daily
    where slice = 'all'
    group by all

),

received as (

    select
        queue,
        cast(date_trunc('quarter', entered_on) as date) as quarter_start_on,
        count(distinct contributor_key) as contributor_count
    from series_spell
    where slice = 'all' and not is_reentry
    group by all

),

first_quarter as (

    select
        queue,
        min(quarter_start_on) as quarter_start_on
    from quarter
    group by queue

),

-- an item waits at the end of each quarter from that in which it entered to the last before that in which it left
waiting_at_end as (

    select
        spell.queue,
        spell.contributor_key,
        unnest(generate_series(
            date_trunc('quarter', greatest(spell.entered_on, first_quarter.quarter_start_on)),
            date_trunc('quarter', coalesce(spell.left_on, spell.data_as_at + interval 3 month)) - interval 3 month,
            interval 3 month
        )) as quarter_start_at
    from series_spell as spell
    inner join first_quarter
        on spell.queue = first_quarter.queue
    where spell.slice = 'all'

),

waiting as (

    select
        queue,
        cast(quarter_start_at as date) as quarter_start_on,
        count(distinct contributor_key) as contributor_count
    from waiting_at_end
    group by all

)

select
    quarter.queue,
    quarter.quarter_start_on,
    coalesce(received.contributor_count, 0) as received_contributor_count,
    coalesce(waiting.contributor_count, 0) as waiting_contributor_count
from quarter
left join received
    on quarter.queue = received.queue and quarter.quarter_start_on = received.quarter_start_on
left join waiting
    on quarter.queue = waiting.queue and quarter.quarter_start_on = waiting.quarter_start_on
