-- How many rows a test of a model finds. One row.
-- Parameter: test, expression. The query of the test.
select count(*) as failed_count
from (
    :test
)
