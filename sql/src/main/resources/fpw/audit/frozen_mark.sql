-- Rows that say wrongly whether they are copies: those of a queue about periods before items were removed are, all others are not. One row.
-- Reads: the table, and what the force defines.
-- Parameter: table, name. The table; its rows are of queues.
-- Parameter: start, name. Its column with the first day of a period.
select count(*) as wrong_count
from main.:table as figure
left join main.queue_definition as definition
    on figure.queue = definition.queue
where figure.is_frozen is distinct from coalesce(figure.:start < definition.frozen_to, false)
