-- What came in, what left, what waited, how long, and with how many staff, in each financial year?
-- Says: one row a queue and year that a statement of past years can quote: flows, what waited and what was past its standard at the end, the median wait and
-- the share that would be served within 90 days at the pace of the year, staff in post on average over its known months, and examinations per full-time
-- equivalent.
-- Cannot say: what next year will be; why years differ.
-- Null: not known, not reached, or no staff or standard is declared; never 0. A year that is not whole is marked.
-- Grain: queue, financial_year. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
with

staff_of_month as (

    select
        queue,
        month_start_on,
        sum(staff_in_post) as staff_in_post,
        sum(examined_count) as examined_count
    from mart.capacity_monthly
    where is_total and capacity_kind = 'unit' and is_available
    group by queue, month_start_on
    having count(*) = count(staff_in_post)

),

staff as (

    select
        years.queue,
        years.year_start_on,
        avg(staff_of_month.staff_in_post) as staff_in_post,
        count(*) as staffed_month_count,
        sum(staff_of_month.examined_count) / nullif(avg(staff_of_month.staff_in_post), 0) as examined_per_staff
    from mart.queue_yearly as years
    inner join staff_of_month
        on
            years.queue = staff_of_month.queue
            and staff_of_month.month_start_on between years.year_start_on and years.measured_to_on
    where years.is_total
    group by years.queue, years.year_start_on

)

select
    years.queue,
    years.financial_year,
    years.is_partial,
    years.received_count,
    years.reentered_count,
    years.left_count,
    years.served_count,
    years.waiting_count as waiting_at_end_count,
    years.past_standard_count as past_standard_at_end_count,
    waits.median_days,
    waits.served_90_share,
    staff.staff_in_post,
    staff.staffed_month_count,
    staff.examined_per_staff
from mart.queue_yearly as years
left join mart.wait_window as waits
    on
        years.queue = waits.queue
        and years.year_start_on = waits.period_start_on
        and waits.window_kind = 'financial year'
        and waits.is_total
left join staff
    on years.queue = staff.queue and years.year_start_on = staff.year_start_on
where
    years.is_total
    and years.is_available
    and (:queue is null or years.queue = :queue)
order by years.queue asc, years.financial_year asc
