-- mart.open_age: what waits at the end of each month, and on the business date, by age band. Age counts from the item's first entry, wait from its latest; where that entry is not believed, the band is -1. A band without
-- any has no row here, and 0 in the mart. Contributors are counted once behind either count.
-- Grain: queue, slice, slice_value, as_of_on, age_band_from_days. Reads: series_spell, queue_daily, age_band, business_date.
with

month_end as (

    select distinct
        queue_daily.queue,
        least(last_day(queue_daily.day), business_date.day) as as_of_on
    from queue_daily
    cross join business_date

),

waiting as (

    select
        series_spell.*,
        month_end.as_of_on,
        if(is_age_known, month_end.as_of_on - first_entered_on, -1) as age_days,
        if(is_wait_known, month_end.as_of_on - entered_on, -1) as wait_days
    from series_spell
    inner join month_end
        on
            series_spell.queue = month_end.queue
            and series_spell.entered_on <= month_end.as_of_on
            and coalesce(series_spell.left_on > month_end.as_of_on, true)

),

banded as (

    select
        queue,
        slice,
        slice_value,
        as_of_on,
        age_days as days,
        contributor_key,
        1 as by_age,
        0 as by_wait
    from waiting
    union all
    select
        queue,
        slice,
        slice_value,
        as_of_on,
        wait_days,
        contributor_key,
        0,
        1
    from waiting

)

select
    banded.queue,
    slice,
    slice_value,
    as_of_on,
    coalesce(age_band.age_band_from_days, -1) as age_band_from_days,
    sum(by_age) as waiting_count,
    sum(by_wait) as waiting_since_entry_count,
    count(distinct contributor_key) as contributor_count
from banded
left join age_band
    on
        banded.queue = age_band.queue
        and banded.days between age_band.age_band_from_days and coalesce(age_band.age_band_to_days, 2147483647)
group by all
