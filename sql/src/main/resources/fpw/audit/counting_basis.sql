-- The parts of a queue's definition that affect how spells are counted, as one text. Grain: queue. Reads: what the force defines.
select
    definition.queue,
    cast(
        {
            'observed_from': definition.observed_from,
            'earliest_entry': definition.earliest_entry,
            -- more or fewer pairs of slices change no other figure
            'slices': list_sort(list_filter(definition.slices, lambda slice: not contains(slice, ' x '))),
            'has_stages': definition.queue in (
                select stage.parent_queue from queue_definition as stage
                where stage.parent_queue is not null
            ),
            'standards': standards.listed
        } as varchar
    ) as counted_by
from queue_definition as definition
left join (
    select
        queue,
        list({
            'within_days': within_days,
            'within_hours': within_hours,
            'conditions': conditions
        } order by standard_order) as listed
    from queue_standard
    group by queue
) as standards
    on definition.queue = standards.queue
