-- How many rows the test of a model returns. One row.
-- Parameter: test, expression. The query of the test.
select count(*) as failed_count
from (
    :test
)
