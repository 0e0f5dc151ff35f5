-- mart.case_clock: in which queues each open case, or an item that belongs to it, waits, and for how many days any of them has waited. A day on which several wait in several queues is one day of the case.
-- An item belongs to the case that its contributor is named after, each without the source before it; an item that is its own contributor belongs to none. A spell counts from its first day to the day before it ends, and
-- one that begins on the day on which another ends continues it. No day is counted if an entry is dated before the first day that its queue believes.
-- Grain: milestones, case_key. Reads: case_milestone_open, spell, case_definition, case_queue, queue_definition, business_date.
with

open_case as (

    select distinct
        milestones,
        case_key,
        substr(case_key, instr(case_key, ':') + 1) as case_name,
        aware_on,
        age_days,
        data_as_at
    from case_milestone_open

),

waiting as (

    select
        open_case.milestones,
        open_case.case_key,
        queue.is_linked,
        queue.is_undivided,
        spell.queue,
        spell.item_key,
        spell.entered_on,
        spell.left_on is null as is_open,
        coalesce(spell.left_on, open_case.data_as_at) as waited_to,
        spell.entered_on < definition.earliest_entry as is_impossible
    from open_case
    inner join case_queue as queue
        on open_case.milestones = queue.milestones and not queue.is_linked
    inner join spell
        on queue.queue = spell.queue and open_case.case_key = spell.item_key
    inner join queue_definition as definition
        on spell.queue = definition.queue

    union all

    select
        open_case.milestones,
        open_case.case_key,
        queue.is_linked,
        queue.is_undivided,
        spell.queue,
        spell.item_key,
        spell.entered_on,
        spell.left_on is null as is_open,
        coalesce(spell.left_on, open_case.data_as_at) as waited_to,
        spell.entered_on < definition.earliest_entry as is_impossible
    from open_case
    inner join case_queue as queue
        on open_case.milestones = queue.milestones and queue.is_linked
    inner join spell
        on
            queue.queue = spell.queue
            and open_case.case_name = substr(spell.contributor_key, instr(spell.contributor_key, ':') + 1)
            and spell.contributor_key <> spell.item_key
    inner join queue_definition as definition
        on spell.queue = definition.queue

),

-- two spells of the same days are one interval: the order of the intervals is then without ties
intervals as (

    select
        milestones,
        case_key,
        entered_on,
        waited_to,
        bool_or(is_open) as is_open
    from waiting
    group by milestones, case_key, entered_on, waited_to

),

-- an interval that begins after all before it have ended begins a new stretch of waiting
begun as (

    select
        *,
        coalesce(
            entered_on > max(waited_to) over (
                partition by milestones, case_key
                order by entered_on, waited_to
                rows between unbounded preceding and 1 preceding
            ),
            true
        ) as is_begin
    from intervals

),

numbered as (

    select
        *,
        sum(cast(is_begin as integer)) over (
            partition by milestones, case_key
            order by entered_on, waited_to
            rows between unbounded preceding and current row
        ) as stretch
    from begun

),

stretches as (

    select
        milestones,
        case_key,
        stretch,
        max(waited_to) - min(entered_on) as stretch_days,
        bool_or(is_open) as is_open
    from numbered
    group by milestones, case_key, stretch

),

waited as (

    select
        milestones,
        case_key,
        sum(stretch_days) as clock_days,
        max(stretch_days) filter (is_open) as waiting_days_now
    from stretches
    group by milestones, case_key

),

-- stages before the queues that they make up, and before variants
longest as (

    select
        milestones,
        case_key,
        queue,
        entered_on
    from waiting
    where is_open
    qualify row_number() over (partition by milestones, case_key order by is_undivided desc, entered_on asc, queue asc) = 1

),

counted as (

    select
        milestones,
        case_key,
        count(distinct queue) filter (is_open and is_undivided) as open_queue_count,
        count(distinct item_key) filter (is_open and is_linked) as waiting_item_count,
        min(entered_on) filter (is_open) as waiting_since_on,
        bool_or(is_impossible) as is_impossible
    from waiting
    group by milestones, case_key

),

known as (

    select
        open_case.*,
        definition.clock_as_at = today.day and definition.milestones in (select queue.milestones from case_queue as queue) as is_known
    from open_case
    inner join case_definition as definition
        on open_case.milestones = definition.milestones
    cross join business_date as today

)

select
    known.milestones,
    known.case_key,
    known.aware_on,
    known.age_days,
    known.data_as_at,
    if(known.is_known, coalesce(counted.open_queue_count, 0), null) as open_queue_count,
    if(known.is_known, coalesce(counted.waiting_item_count, 0), null) as waiting_item_count,
    if(known.is_known and not counted.is_impossible, counted.waiting_since_on, null) as waiting_since_on,
    if(known.is_known and not counted.is_impossible, waited.waiting_days_now, null) as waiting_days_now,
    if(known.is_known and not counted.is_impossible, longest.queue, null) as longest_stage,
    if(known.is_known and not counted.is_impossible, known.data_as_at - longest.entered_on, null) as longest_stage_days,
    if(known.is_known and not coalesce(counted.is_impossible, false), coalesce(waited.clock_days, 0), null) as clock_days
from known
left join counted
    on known.milestones = counted.milestones and known.case_key = counted.case_key
left join waited
    on known.milestones = waited.milestones and known.case_key = waited.case_key
left join longest
    on known.milestones = longest.milestones and known.case_key = longest.case_key
