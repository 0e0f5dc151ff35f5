-- page: queue
-- after: standards
-- heading: Standards, with the limits of chance
-- says: The share of each month that met a standard, with the mean and the limits between which it would stay if nothing but chance changed it.
-- cannot say: A month within the limits may still miss its target. A gap is a month with too few items due, or one that has not settled. A standard is not here if fewer than 12 months have a share, or if most of them are beyond chance: then its limits mean little.
-- needs: mart.standard_signal.signal

-- picture: standard_limits
-- kind: lines
-- title: {title}
-- unit: %
with

charted as (

    select
        chart.*,
        standard.title,
        chart.mean is not null and chart.met_share is not null as is_charted
    from mart.standard_signal as chart
    inner join mart.dim_standard as standard using (queue, standard)
    where chart.queue = :queue and chart.is_total

),

meaningful as (

    select *
    from charted
    qualify
        count_if(is_charted) over (partition by standard) >= 12
        and 2 * count_if(is_charted and signal <> 'none') over (partition by standard)
        <= count_if(is_charted) over (partition by standard)

)

select
    meaningful.title,
    series.name as series,
    last_day(meaningful.month_start_on) as on_day,
    if(meaningful.is_charted, 100 * series.share, null) as value,
    if(meaningful.is_charted, null, coalesce(meaningful.unavailable_reason, meaningful.limits_reason)) as reason,
    meaningful.is_provisional,
    true as is_of_months
from meaningful
cross join
    lateral (
        values
        (1, 'Met', meaningful.met_share),
        (2, 'Mean', meaningful.mean),
        (3, 'Upper limit', least(1, meaningful.upper_limit)),
        (4, 'Lower limit', greatest(0, meaningful.lower_limit))
    ) as series (place, name, share)
qualify row_number() over (partition by meaningful.standard, series.name order by meaningful.month_start_on desc) <= 36
order by meaningful.title, series.place, meaningful.month_start_on
