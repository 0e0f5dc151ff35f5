-- Rows about periods before items were removed that are not those of the replaced release, or are missing: such periods cannot be recounted. A series
-- that the replaced release did not have has no such rows, and those of another version of the queue, or of a slice that it no longer has, are not
-- copied. One row. Reads: the table of both releases, and what the force defines.
-- Parameter: table, name. The table; its rows are of queues.
-- Parameter: start, name. Its column with the first day of a period.
-- Parameter: columns, names. The compared columns.
-- Parameter: is_compared, expression. Whether a row of the new release is compared: a chart of a new series is drawn for earlier months as well.
-- Parameter: is_copied, expression. Whether the slice of a row of the table is one of the queue; true for a table without slices.
-- Parameter: replaced_release, text. The replaced release.
with

-- another release than the one from which the latest rows were copied, after that was withdrawn, copied only earlier ones
definition as (

    select
        definition.queue,
        definition.queue_version,
        definition.slices,
        if(definition.frozen_release_id = :replaced_release, definition.frozen_to, least(definition.frozen_to, was_defined.frozen_to)) as frozen_to
    from main.queue_definition as definition
    inner join replaced.queue_definition as was_defined
        on definition.queue = was_defined.queue
    where definition.frozen_to is not null and (was_defined.frozen_to is not null or definition.frozen_release_id = :replaced_release)

),

new_row as (

    select :columns
    from main.:table as figure
    inner join definition
        using (queue)
    where figure.:start < definition.frozen_to and :is_compared

),

replaced_row as (

    select :columns
    from replaced.:table as figure
    inner join definition
        using (queue, queue_version)
    where figure.:start < definition.frozen_to and :is_copied

),

different as (

    (
        select * from new_row
        except all
        select * from replaced_row
    )
    union all
    (
        select * from replaced_row
        except all
        select * from new_row
    )

)

select count(*) as difference_count
from different
