-- Current rows of the feeds whose item no figure rests on, with one reason each: a rule, then a fault of a staging row, then one of a judgement,
-- then an irregularity, then that no event or no queue knows the item.
-- Grain: feed, row_key. Parameters: none.
with

row_break as (

    select
        feed,
        row_key,
        min_by(code, rule_order) as code,
        min_by(reason, rule_order) as reason
    from rule_break
    where severity = 'EXCLUDE'
    group by feed, row_key

),

item_break as (

    select
        item_key,
        min_by(struct(code, feed, reason), struct(rule_order, row_key)) as first_break
    from rule_break
    where severity = 'EXCLUDE'
    group by item_key

),

staging_fault as (

    select
        item_key,
        min_by(struct(problem as code, staging), struct(problem, staging)) as fault
    from staged_row
    where problem is not null and item_key is not null
    group by item_key

),

judgement_fault as (

    select
        item_key,
        min_by(struct(problem as code, grading, problem_reason as reason), struct(problem, grading)) as fault
    from judgement
    where problem is not null and item_key is not null
    group by item_key

),

misfit as (

    select
        irregularity.item_key,
        min_by(
            struct(irregularity.code, irregularity.queue, irregularity.event),
            struct(definition.queue_order, irregularity.code)
        ) as first_misfit
    from irregularity
    inner join queue_definition as definition
        on irregularity.queue = definition.queue
    where irregularity.treatment = 'item excluded from the queue'
    group by irregularity.item_key

),

known as (

    select distinct item_key from event

)

select
    feed_row.feed,
    feed_row.row_key,
    feed_row.item_key,
    coalesce(
        row_break.code,
        item_break.first_break.code,
        staging_fault.fault.code,
        judgement_fault.fault.code,
        misfit.first_misfit.code,
        if(known.item_key is null, 'NO_EVENT', 'NO_QUEUE')
    ) as code,
    case
        when row_break.code is not null then row_break.reason
        when item_break.item_key is not null
            then concat('a row of the same item in feed ', item_break.first_break.feed, ' breaks the rule: ', item_break.first_break.reason)
        when staging_fault.fault.code = 'UNDECLARED_EVENT'
            then concat('staging query ', staging_fault.fault.staging, ' yields an event that it does not declare, or none')
        when staging_fault.item_key is not null
            then concat('staging query ', staging_fault.fault.staging, ' yields an event without a date')
        when judgement_fault.item_key is not null
            then concat('grading query ', judgement_fault.fault.grading, ' yields a judgement ', judgement_fault.fault.reason)
        when misfit.first_misfit.code = 'CLOSED_BEFORE_RECEIVED'
            then concat('queue ', misfit.first_misfit.queue, ': ''', misfit.first_misfit.event, ''' comes before the item is received')
        when misfit.first_misfit.code = 'DATES_OUT_OF_ORDER'
            then concat('queue ', misfit.first_misfit.queue, ': the dates of the item are not in the order of the stages')
        when misfit.item_key is not null
            then concat('queue ', misfit.first_misfit.queue, ': ''', misfit.first_misfit.event, ''' although the item was never received')
        when known.item_key is null then 'no query yields an event or a judgement of the item'
        else 'no queue takes the events of the item'
    end as reason
from feed_row
left join used_item as used
    on feed_row.item_key = used.item_key
left join row_break
    on
        feed_row.feed = row_break.feed
        and feed_row.row_key = row_break.row_key
left join item_break
    on feed_row.item_key = item_break.item_key
left join staging_fault
    on feed_row.item_key = staging_fault.item_key
left join judgement_fault
    on feed_row.item_key = judgement_fault.item_key
left join misfit
    on feed_row.item_key = misfit.item_key
left join known
    on feed_row.item_key = known.item_key
where used.item_key is null
