-- The contribution of each cause to each count of a month, a week, or the latest day of the replaced release. Grain: queue, slice, slice_value,
-- exit_reason, period_kind, period_start_on, measure, cause. Reads: cell of both counts.
select
    queue,
    slice,
    slice_value,
    exit_reason,
    period_kind,
    period_start_on,
    measure,
    cause,
    cast(sum(sign * figure) as bigint) as part
from (
    select * from replaced_count.cell
    union all
    select * from new_count.cell
)
group by all
having sum(sign * figure) <> 0
