-- mart.open_age: what waits at the end of each month, and on the business date, by age band. Age counts from the item's first entry, wait from its latest; where that entry is not believed, the band is -1. A band without
-- any has no row here, and 0 in the mart. Contributors are counted once behind either count.
-- A spell stays in a band from the first of these dates on which it is old enough to the one before it is too old, or has left. What stands on a date is what has come into the band up to it, less what has gone.
-- Grain: queue, slice, slice_value, as_of_on, age_band_from_days. Reads: series_spell, queue_daily, queue_definition, age_band, business_date.
with

band as (

    select
        *,
        true as is_believed
    from age_band
    union all
    select
        queue,
        -1,
        null,
        false
    from queue_definition

),

-- an item that is there for the first time is as old as it has waited
ageing as (

    select
        *,
        if(is_age_known, first_entered_on, null) as since_on,
        1 as by_age,
        if(entered_on = first_entered_on, 1, 0) as by_wait
    from series_spell
    union all
    select
        *,
        if(is_wait_known, entered_on, null),
        0,
        1
    from series_spell
    where entered_on <> first_entered_on

),

in_band as (

    select
        ageing.queue,
        ageing.slice,
        ageing.slice_value,
        band.age_band_from_days,
        ageing.contributor_key,
        ageing.by_age,
        ageing.by_wait,
        greatest(ageing.entered_on, ageing.since_on + band.age_band_from_days) as from_on,
        coalesce(least(ageing.left_on, ageing.since_on + band.age_band_to_days + 1), date '9999-12-31') as until_on
    from ageing
    inner join band
        on ageing.queue = band.queue and (ageing.since_on is not null) = band.is_believed

),

-- the first date on which it is counted there, and the first after it on which it is not
counted as (

    select
        in_band.* exclude (from_on, until_on),
        least(last_day(in_band.from_on), business_date.day) as from_on,
        if(in_band.until_on > business_date.day, date '9999-12-31', least(last_day(in_band.until_on), business_date.day)) as until_on
    from in_band
    cross join business_date
    where in_band.from_on <= business_date.day and in_band.from_on < in_band.until_on

),

-- of several spells of a contributor that meet, each counts from the date that those before it do not reach
stays as (

    select
        *,
        least(
            until_on,
            greatest(
                from_on,
                max(until_on) over (
                    partition by queue, slice, slice_value, age_band_from_days, contributor_key
                    order by from_on
                    rows between unbounded preceding and 1 preceding
                )
            )
        ) as contributor_from_on
    from counted
    where from_on < until_on

),

alike as (

    select
        * exclude (contributor_key, by_age, by_wait),
        sum(by_age) as by_age,
        sum(by_wait) as by_wait,
        count(contributor_key) as contributors
    from stays
    group by all

),

changes as (

    select
        queue,
        slice,
        slice_value,
        age_band_from_days,
        unnest([from_on, contributor_from_on, until_on]) as changed_on,
        unnest([by_age, 0, -by_age]) as by_age,
        unnest([by_wait, 0, -by_wait]) as by_wait,
        unnest([0, contributors, -contributors]) as contributors
    from alike

),

month_end as (

    select distinct
        queue_daily.queue,
        least(last_day(queue_daily.day), business_date.day) as as_of_on
    from queue_daily
    cross join business_date

)

select
    changes.queue,
    changes.slice,
    changes.slice_value,
    month_end.as_of_on,
    changes.age_band_from_days,
    sum(changes.by_age) as waiting_count,
    sum(changes.by_wait) as waiting_since_entry_count,
    sum(changes.contributors) as contributor_count
from changes
inner join month_end
    on changes.queue = month_end.queue and changes.changed_on <= month_end.as_of_on
group by all
having sum(changes.by_age) > 0 or sum(changes.by_wait) > 0
