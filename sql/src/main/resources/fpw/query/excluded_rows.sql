-- Which rows of the source are in no figure, and why?
-- Says: current rows whose item no figure rests on, by feed and reason, with one reason in words as an example.
-- Cannot say: which rows were refused when the source was read, and so are in no table: `fpw rejections` shows these.
-- Grain: feed, code. Parameters: none.
select
    feed,
    code,
    count(*) as row_count,
    count(distinct item_key) as item_count,
    min(reason) as example
from core.exclusion
group by feed, code
order by feed asc, row_count desc, code asc
