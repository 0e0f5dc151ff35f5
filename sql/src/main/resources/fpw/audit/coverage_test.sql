-- How many rows of a mart are available although the feeds behind them have not been loaded up to that day, or not available although they have, or
-- not available but with a number. One row. Reads: the mart, and what the force defines.
-- Parameter: mart, name. The mart; its rows are of queues.
-- Parameter: available_to, expression. The last day of which a row speaks.
-- Parameter: masked_columns, texts. Columns that are null where a row is not available; one at least.
select count(*) as wrong_count
from (
    select
        *,
        :available_to as _speaks_of
    from :mart
) as figure
left join queue_definition as definition
    using (queue)
where
    (figure.is_available is distinct from (figure._speaks_of <= definition.data_as_at))
    or (figure.data_as_at is distinct from definition.data_as_at)
    or case
        when figure.is_available then false
        -- more than the first text where any column has a value
        else concat_ws(',', '', *columns(lambda masked: masked in :masked_columns)) <> ''
    end
