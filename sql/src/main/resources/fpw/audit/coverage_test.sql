-- How many rows of a mart are available although the feeds behind them have not been loaded up to that day, or unavailable although they have, or
-- unavailable but with a figure. One row. Reads: the mart, and what the force defines.
-- Parameter: mart, name. The mart; its rows are of queues.
-- Parameter: available_to, expression. The last day that a row is about.
-- Parameter: masked_columns, texts. Columns that are null if a row is not available; at least one.
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
        -- equals the first text only if all columns are null
        else concat_ws(',', '', *columns(lambda masked: masked in :masked_columns)) <> ''
    end
