-- mart.wait_comparison: the first entries of both groups of a pair, those that ended, the distinct contributors behind
-- each and behind the two, and the distinct items of the two. Each named group is compared with every other; of every period, each but the first that has items
-- with the one directly before it, whether that has any or not; of the values of a slice that are not named, each with
-- every other if there are at most ten.
-- Grain: queue, comparison, first_group, second_group. Reads: compared_spell, queue_comparison,
--   queue_daily (a queue without figures has no comparisons either).
with

named as (

    select
        queue,
        comparison,
        every,
        unnest(compared_groups) as group_name,
        generate_subscripts(compared_groups, 1) as group_order
    from queue_comparison
    where queue in (select queue_daily.queue from queue_daily)

),

found_names as (

    select distinct
        queue,
        comparison,
        every,
        compared_by,
        group_name
    from compared_spell
    where len(compared_groups) = 0

),

found as (

    select
        queue,
        comparison,
        every,
        compared_by,
        group_name,
        row_number() over (partition by queue, comparison order by group_name) as group_order,
        count(*) over (partition by queue, comparison) as group_count
    from found_names

),

groups as (

    select
        queue,
        comparison,
        every,
        group_name,
        group_order
    from named
    union all
    select
        queue,
        comparison,
        every,
        group_name,
        group_order
    from found
    where compared_by <> 'slice' or group_count <= 10

),

pairs as (

    select
        one.queue,
        one.comparison,
        one.group_name as first_group,
        other.group_name as second_group
    from groups as one
    inner join groups as other
        on one.queue = other.queue and one.comparison = other.comparison and one.group_order < other.group_order
    where one.every is null
    union all
    select
        queue,
        comparison,
        case
            when every = 'financial year'
                then cast(cast(left(group_name, 4) as integer) - 1 as varchar) || '/' || substring(group_name, 3, 2)
            when right(group_name, 1) = '1' then cast(cast(left(group_name, 4) as integer) - 1 as varchar) || ' Q4'
            else left(group_name, 6) || cast(cast(right(group_name, 1) as integer) - 1 as varchar)
        end as first_group,
        group_name as second_group
    from groups
    where every is not null and group_order > 1

)

select
    pairs.queue,
    pairs.comparison,
    pairs.first_group,
    pairs.second_group,
    count(*) filter (spell.group_name = pairs.first_group) as first_spell_count,
    count(spell.left_as) filter (spell.group_name = pairs.first_group) as first_left_count,
    count(distinct spell.contributor_key) filter (spell.group_name = pairs.first_group) as first_contributor_count,
    count(*) filter (spell.group_name = pairs.second_group) as second_spell_count,
    count(spell.left_as) filter (spell.group_name = pairs.second_group) as second_left_count,
    count(distinct spell.contributor_key) filter (spell.group_name = pairs.second_group) as second_contributor_count,
    count(distinct spell.item_key) as item_count,
    count(distinct spell.contributor_key) as contributor_count
from pairs
left join compared_spell as spell
    on
        pairs.queue = spell.queue
        and pairs.comparison = spell.comparison
        and spell.group_name in (pairs.first_group, pairs.second_group)
group by all
