-- page: queue
-- after: waits
-- heading: How long, by quarter
-- says: How long an item would wait at the pace of each whole quarter of the last three years, from all that waited in it, whenever it came in.
-- cannot say: Two neighbouring points are no test. That chance does not explain a difference does not say why there is one.
-- needs: mart.wait_window.served_90_share

-- picture: quarter_days
-- kind: lines
-- title: Days by which half and nine in ten would have left
-- unit: days
select
    series.name as series,
    waits.period_end_on as on_day,
    series.days as value,
    coalesce(waits.unavailable_reason, 'not reached') as reason,
    waits.is_provisional
from mart.wait_window as waits
cross join lateral (values ('Half', waits.median_days), ('Nine in ten', waits.p90_days)) as series (name, days)
where
    waits.queue = :queue
    and waits.is_total
    and waits.window_kind = 'quarter'
    and not waits.is_partial
    and waits.period_end_on > waits.data_as_at - interval 39 month
order by series.name, waits.period_start_on

-- picture: quarter_served
-- kind: lines
-- title: Share that would be served within 30, 90 and 180 days
-- unit: %
select
    'Within ' || series.days as series,
    waits.period_end_on as on_day,
    100 * series.share as value,
    coalesce(waits.unavailable_reason, 'not reached') as reason,
    waits.is_provisional
from mart.wait_window as waits
cross join
    lateral (
        values (30, waits.served_30_share), (90, waits.served_90_share), (180, waits.served_180_share)
    ) as series (days, share)
where
    waits.queue = :queue
    and waits.is_total
    and waits.window_kind = 'quarter'
    and not waits.is_partial
    and waits.period_end_on > waits.data_as_at - interval 39 month
order by series.days, waits.period_start_on

-- picture: quarter_tests
-- kind: table
-- title: Tests that the queue declares
-- needs: mart.wait_comparison.log10_p_adjusted
select
    title as "Question",
    first_group || ' against ' || second_group as "Groups",
    coalesce(format('{:g}', first_median_days), 'not reached') || ' against '
    || coalesce(format('{:g}', second_median_days), 'not reached') as "Half had left after, days",
    case
        when log10_p_adjusted is null then 'Not tested: ' || test_status
        when log10_p_adjusted < log10(0.05) then 'Hardly: less than once in 20 times'
        else 'It can'
    end as "Does chance explain the difference?"
from mart.wait_comparison as tests
where
    queue = :queue
    and second_group <> '(none)'
    -- a period that is not over, or began before observation did, is no quarter or year yet
    and not exists (
        from mart.wait_window as waits
        where
            tests.compared_by = 'window'
            and waits.queue = tests.queue
            and waits.is_total
            and waits.is_partial
            and waits.period in (tests.first_group, tests.second_group)
    )
order by comparison, first_group, second_group
