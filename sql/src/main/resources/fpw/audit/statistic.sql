-- The statistics of one table that a release states, those whose changes are explained by recomputing. Grain: queue, slice, slice_value, standard,
-- cohort, measure.
-- Parameter: stated, name. The table.
-- Parameter: mart, text. Its name.
-- Parameter: measures, texts. Its statistics.
-- Parameter: standard, expression. Its column with the standard; 'all' if it has none.
-- Parameter: cohort, expression. Its cohort as text.
-- Parameter: month_start_on, expression. Its column with the first day of a month, or null.
select
    :mart as mart,
    queue,
    slice,
    slice_value,
    :standard as standard,
    :cohort as cohort,
    :month_start_on as month_start_on,
    is_available,
    measure,
    figure
from :stated unpivot include nulls (figure for measure in (columns(lambda measured: measured in :measures)))
