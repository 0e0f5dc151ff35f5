-- What do the control charts of a queue say of every month: received, left and net change per day of service?
-- Says: value, mean and limits of each month, the rule that it breaks, and why a month is not charted.
-- Cannot say: what is different in a month with a signal, or whether it is better.
-- Grain: queue, measure, month_start_on. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    measure,
    month_start_on,
    flow_count,
    service,
    service_day_count,
    flow_per_service_day,
    mean,
    lower_limit,
    upper_limit,
    signal,
    is_limit_provisional,
    is_limit_carried,
    segment,
    limits_reason,
    same_month_last_year,
    is_season_evident
from mart.queue_signal
where
    is_total
    and (:queue is null or queue = :queue)
order by queue asc, measure asc, month_start_on asc
