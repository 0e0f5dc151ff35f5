-- How many did each unit and provider examine, and with how many staff?
-- Says: per month staff in post, what was sent to a provider, came back examined and unexamined and was there at the
--   end, and examinations per full-time equivalent; where one is not known, why.
-- Cannot say: why a month differs from another; how well anything was examined; what the staff of a provider is, unless
--   it reports it.
-- Grain: capacity, slice_value, month_start_on. Parameters: capacity, from_month.
-- Parameter: capacity, text. Only this unit or provider; all unless given.
-- Parameter: from_month, date. From this month on; every month unless given.
select
    capacity,
    title,
    slice_value,
    month_start_on,
    is_partial,
    is_available,
    staff_in_post,
    examined_count,
    sent_count,
    returned_examined_count,
    returned_unexamined_count,
    with_provider_count,
    examined_per_staff,
    coalesce(unavailable_reason, examined_per_staff_reason) as reason
from mart.capacity_monthly
where
    (:capacity is null or capacity = :capacity)
    and (:from_month is null or month_start_on >= :from_month)
order by capacity, slice_value, month_start_on
