-- The counts of one table that a release states, those whose changes are explained as sums. Null where they are not available, and where a queue has
-- no such count: one without a standard, or without stages. Of days only one is listed. Grain: queue, slice, slice_value, exit_reason, period_start_on,
-- measure.
-- Parameter: counted, name. The table.
-- Parameter: measures, texts. Its counts.
-- Parameter: period_kind, text. The kind of its periods: day, week or month.
-- Parameter: period_start, name. Its column with the first day of a period.
-- Parameter: exit_reason, expression. Its column with the exit reason, or 'all' for a table without.
-- Parameter: as_at, date. The day of which figures of single days are listed.
select
    queue,
    slice,
    slice_value,
    :exit_reason as exit_reason,
    :period_kind as period_kind,
    :period_start as period_start_on,
    case :period_kind
        when 'month' then last_day(:period_start)
        when 'week' then :period_start + 6
        else :period_start
    end as period_end_on,
    is_available,
    measure,
    cast(if(is_available, figure, null) as bigint) as figure
from :counted unpivot include nulls (figure for measure in (columns(lambda measured: measured in :measures)))
where :period_kind <> 'day' or :period_start = :as_at
