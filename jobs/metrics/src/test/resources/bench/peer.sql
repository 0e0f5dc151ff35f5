-- What a fast query of DuckDB makes of the same staged rows, for comparison: spells, flows and stock by day, exits by month with their contributors, and how many left on which day of their wait, for the total and each slice.
-- It knows that every item has at most one spell; it has no ages, standards, curves or irregularities.
create table spell as
select
    item_key,
    any_value(contributor_key) as contributor_key,
    any_value(attributes) filter (event = 'received') as attributes,
    min(occurred_on) filter (event = 'received') as entered_on,
    min(occurred_on) filter (event = 'examined') as left_on
from staged
group by item_key;

create table series_spell as
select
    series.slice,
    if(series.slice = 'all', 'all', coalesce(attributes[series.slice], '(not recorded)')) as slice_value,
    contributor_key,
    entered_on,
    left_on
from spell, unnest(['all', 'kind', 'priority', 'station']) as series (slice);

create table flow as
select
    slice,
    slice_value,
    day,
    sum(entered) as entered_count,
    sum(1 - entered) as left_count,
    sum(sum(2 * entered - 1)) over (partition by slice, slice_value order by day) as waiting_count
from (
    select slice, slice_value, entered_on as day, 1 as entered from series_spell
    union all
    select slice, slice_value, left_on, 0 from series_spell where left_on is not null
)
group by slice, slice_value, day;

create table left_by_month as
select
    slice,
    slice_value,
    date_trunc('month', left_on) as month,
    count(*) as left_count,
    count(distinct contributor_key) as contributor_count
from series_spell
where left_on is not null
group by all;

create table wait as
select
    slice,
    slice_value,
    year(entered_on) as cohort,
    coalesce(left_on, date '2015-12-31') - entered_on as wait_days,
    left_on is null as still_waits,
    count(*) as spell_count
from series_spell
group by all;
