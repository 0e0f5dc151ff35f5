-- The counts from which the statistics of a table are computed, by its definition. Grain: queue, slice, slice_value, standard, cohort.
-- Parameter: defined, name. The definition.
-- Parameter: counts, names. Its counts.
-- Parameter: standard, expression. Its column with the standard; 'all' if it has none.
-- Parameter: cohort, expression. Its cohort as text.
select
    queue,
    slice,
    slice_value,
    :standard as standard,
    :cohort as cohort,
    :counts
from :defined
