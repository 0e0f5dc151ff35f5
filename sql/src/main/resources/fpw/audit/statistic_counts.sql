-- The counts from which the statistics of a table follow, as its definition counts them. Grain: queue, slice, slice_value, standard, cohort.
-- Parameter: defined, name. The definition.
-- Parameter: counts, names. Its counts.
-- Parameter: standard, expression. Its column with the standard, or 'all' for one without.
-- Parameter: cohort, expression. Its cohort as a text.
select
    queue,
    slice,
    slice_value,
    :standard as standard,
    :cohort as cohort,
    :counts
from :defined
