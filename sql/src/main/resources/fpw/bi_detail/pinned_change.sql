-- What this release states otherwise than a pinned one: the steps of each figure since, added up by cause. A month that
-- was not over on the pinned release's date had no figure in it.
select
    later_step.pinned_name,
    later_step.pinned_release_id,
    later_step.pinned_as_at,
    later_step.force,
    later_step.queue,
    later_step.item_unit,
    later_step.measure,
    later_step.exit_reason,
    later_step.period_start_on,
    later_step.period_end_on,
    later_step.pinned_value,
    later_step.new_value,
    later_step.cause,
    later_step.cause_order,
    case when later_step.is_interrupted = 0 then cast(sum(later_step.part) as bigint) end as part,
    later_step.release_id
from (
    select
        pinned.pinned_name,
        pinned.pinned_release_id,
        pinned.pinned_as_at,
        step.force,
        step.queue,
        step.item_unit,
        step.measure,
        step.exit_reason,
        step.period_start_on,
        step.period_end_on,
        step.cause,
        step.cause_order,
        step.part,
        step.release_id,
        first_value(step.replaced_value) over (
            figure order by step.new_as_at, char_length(step.new_release_id), step.new_release_id
        ) as pinned_value,
        first_value(step.new_value) over (
            figure order by step.new_as_at desc, char_length(step.new_release_id) desc, step.new_release_id desc
        ) as new_value,
        max(case when step.part is null then 1 else 0 end) over figure as is_interrupted
    from bi_detail.pinned_release as pinned
    inner join mart.figure_change as step
        on
            pinned.release_id = step.release_id
            and pinned.pinned_as_at >= step.period_end_on
            and (step.new_as_at, char_length(step.new_release_id), step.new_release_id)
            > (pinned.pinned_as_at, char_length(pinned.pinned_release_id), pinned.pinned_release_id)
    where pinned.not_compared is null and step.is_total and step.period_kind = 'month'
    window figure as (
        partition by
            step.release_id,
            pinned.pinned_release_id,
            step.queue,
            step.measure,
            step.exit_reason,
            step.period_start_on
    )
) as later_step
where later_step.pinned_value is distinct from later_step.new_value
group by
    later_step.pinned_name,
    later_step.pinned_release_id,
    later_step.pinned_as_at,
    later_step.force,
    later_step.queue,
    later_step.item_unit,
    later_step.measure,
    later_step.exit_reason,
    later_step.period_start_on,
    later_step.period_end_on,
    later_step.pinned_value,
    later_step.new_value,
    later_step.cause,
    later_step.cause_order,
    later_step.is_interrupted,
    later_step.release_id
having later_step.is_interrupted = 1 or sum(later_step.part) <> 0
