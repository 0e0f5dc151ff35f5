-- What a definition counts of the spells of one family, where it is not 0: the counts of one table whose changes are explained as sums. Of days only one
-- is listed. Grain: queue, cause, sign, slice, slice_value, exit_reason, period_start_on, measure.
-- Parameter: counted, name. The table.
-- Parameter: measures, texts. Its counts.
-- Parameter: period_kind, text. The kind of its periods: day, week or month.
-- Parameter: period_start, name. Its column with the first day of a period.
-- Parameter: exit_reason, expression. Its column with the exit reason, or 'all' for a table without.
-- Parameter: as_at, date. The day of which figures of single days are listed.
select
    split_part(queue, chr(31), 1) as queue,
    split_part(queue, chr(31), 2) as cause,
    cast(split_part(queue, chr(31), 3) as integer) as sign,
    slice,
    slice_value,
    :exit_reason as exit_reason,
    :period_kind as period_kind,
    :period_start as period_start_on,
    measure,
    cast(figure as bigint) as figure
from :counted unpivot (figure for measure in (columns(lambda measured: measured in :measures)))
where figure <> 0 and (:period_kind <> 'day' or :period_start = :as_at)
