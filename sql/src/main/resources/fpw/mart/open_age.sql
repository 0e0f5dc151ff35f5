-- What waits by age band at month ends and on the business date; every band has a row.
-- Grain: queue, slice, slice_value, as_of_on, age_band_from_days. Parameters: none.
with

aged as (

    select
        open_stay.queue,
        open_stay.slice,
        open_stay.slice_value,
        open_stay.measured_to_on,
        age_band.age_band_from_days,
        sum(if(open_stay.age_days between age_band.age_band_from_days and coalesce(age_band.age_band_to_days, open_stay.age_days), open_stay.waiting_count, 0)) as waiting_count,
        sum(if(open_stay.wait_days between age_band.age_band_from_days and coalesce(age_band.age_band_to_days, open_stay.wait_days), open_stay.waiting_count, 0)) as waiting_since_entry_count
    from open_stay
    inner join age_band
        on open_stay.queue = age_band.queue
    group by
        open_stay.queue,
        open_stay.slice,
        open_stay.slice_value,
        open_stay.measured_to_on,
        age_band.age_band_from_days

),

-- counted by identity, so from the spells: whoever is behind either of the two counts
contributors as (

    select
        spells.queue,
        spells.slice,
        spells.slice_value,
        months.measured_to_on,
        age_band.age_band_from_days,
        count(distinct spells.contributor_key) as contributor_count
    from spell_slice as spells
    inner join measured_month as months
        on
            spells.queue = months.queue
            and spells.slice = months.slice
            and spells.slice_value = months.slice_value
            and spells.entered_on <= months.measured_to_on
            and (spells.left_on is null or spells.left_on > months.measured_to_on)
    inner join age_band
        on
            spells.queue = age_band.queue
            and (
                datediff(months.measured_to_on, spells.first_entered_on)
                    between age_band.age_band_from_days and coalesce(age_band.age_band_to_days, 2147483647)
                or datediff(months.measured_to_on, spells.entered_on)
                    between age_band.age_band_from_days and coalesce(age_band.age_band_to_days, 2147483647)
            )
    group by
        spells.queue,
        spells.slice,
        spells.slice_value,
        months.measured_to_on,
        age_band.age_band_from_days

)

select
    months.queue,
    months.slice,
    months.slice_value,
    months.measured_to_on as as_of_on,
    age_band.age_band,
    age_band.age_band_from_days,
    age_band.age_band_to_days,
    coalesce(aged.waiting_count, 0) as waiting_count,
    coalesce(aged.waiting_since_entry_count, 0) as waiting_since_entry_count,
    false as is_partial,
    months.is_provisional,
    coalesce(contributors.contributor_count, 0) as contributor_count
from measured_month as months
inner join age_band
    on months.queue = age_band.queue
left join aged
    on
        months.queue = aged.queue
        and months.slice = aged.slice
        and months.slice_value = aged.slice_value
        and months.measured_to_on = aged.measured_to_on
        and age_band.age_band_from_days = aged.age_band_from_days
left join contributors
    on
        months.queue = contributors.queue
        and months.slice = contributors.slice
        and months.slice_value = contributors.slice_value
        and months.measured_to_on = contributors.measured_to_on
        and age_band.age_band_from_days = contributors.age_band_from_days
