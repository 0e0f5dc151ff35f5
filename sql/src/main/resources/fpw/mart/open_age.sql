-- What waits by age band at month ends and on the business date; every band has a row. What waits since a date that is not believed has a band of its own,
-- which has a row where there is any.
-- Grain: queue, slice, slice_value, as_of_on, age_band_from_days. Parameters: none.
with

limits as (

    select
        queue,
        age_band,
        age_band_from_days,
        age_band_to_days,
        coalesce(age_band_to_days, 2147483647) as up_to_days
    from age_band
    union all
    -- an age that is not known stands as -1
    select
        queue,
        '(age unknown)' as age_band,
        -1 as age_band_from_days,
        -1 as age_band_to_days,
        -1 as up_to_days
    from queue_definition

),

aged as (

    select
        open_stay.queue,
        open_stay.slice,
        open_stay.slice_value,
        open_stay.measured_to_on,
        limits.age_band_from_days,
        sum(if(
            coalesce(open_stay.age_days, -1) between limits.age_band_from_days and limits.up_to_days, open_stay.waiting_count, 0
        )) as waiting_count,
        sum(if(
            coalesce(open_stay.wait_days, -1) between limits.age_band_from_days and limits.up_to_days, open_stay.waiting_count, 0
        )) as waiting_since_entry_count,
        sum(open_stay.sole_count) as contributor_count
    from open_stay
    inner join limits
        on
            open_stay.queue = limits.queue
            and (
                coalesce(open_stay.age_days, -1) between limits.age_band_from_days and limits.up_to_days
                or coalesce(open_stay.wait_days, -1) between limits.age_band_from_days and limits.up_to_days
            )
    where open_stay.period = 'month'
    group by
        open_stay.queue,
        open_stay.slice,
        open_stay.slice_value,
        open_stay.measured_to_on,
        limits.age_band_from_days

),

-- contributors with several spells, each counted once behind either of the two counts
shared as (

    select
        spells.queue,
        spells.slice,
        spells.slice_value,
        months.measured_to_on,
        limits.age_band_from_days,
        count(distinct spells.contributor_key) as contributor_count
    from spell_slice as spells
    inner join measured_month as months
        on
            spells.queue = months.queue
            and spells.slice = months.slice
            and spells.slice_value = months.slice_value
            and spells.entered_on <= months.measured_to_on
            and (spells.left_on is null or spells.left_on > months.measured_to_on)
    inner join limits
        on
            spells.queue = limits.queue
            and (
                if(spells.is_age_known, datediff(months.measured_to_on, spells.first_entered_on), -1)
                between limits.age_band_from_days and limits.up_to_days
                or if(spells.is_wait_known, datediff(months.measured_to_on, spells.entered_on), -1)
                between limits.age_band_from_days and limits.up_to_days
            )
    where not spells.is_sole
    group by
        spells.queue,
        spells.slice,
        spells.slice_value,
        months.measured_to_on,
        limits.age_band_from_days

)

select
    months.queue,
    months.slice,
    months.slice_value,
    months.measured_to_on as as_of_on,
    limits.age_band,
    limits.age_band_from_days,
    limits.age_band_to_days,
    coalesce(aged.waiting_count, 0) as waiting_count,
    coalesce(aged.waiting_since_entry_count, 0) as waiting_since_entry_count,
    false as is_partial,
    months.is_provisional,
    coalesce(aged.contributor_count, 0) + coalesce(shared.contributor_count, 0) as contributor_count
from measured_month as months
inner join limits
    on months.queue = limits.queue
left join aged
    on
        months.queue = aged.queue
        and months.slice = aged.slice
        and months.slice_value = aged.slice_value
        and months.measured_to_on = aged.measured_to_on
        and limits.age_band_from_days = aged.age_band_from_days
left join shared
    on
        months.queue = shared.queue
        and months.slice = shared.slice
        and months.slice_value = shared.slice_value
        and months.measured_to_on = shared.measured_to_on
        and limits.age_band_from_days = shared.age_band_from_days
where limits.age_band_from_days >= 0 or aged.waiting_count > 0 or aged.waiting_since_entry_count > 0
