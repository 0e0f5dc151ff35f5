-- mart.wait_standard: how items fared against each standard, by month of entry. Only first entries, and only those from the day on which observation began: of what had entered before it, only the slow ones are known.
-- Nothing is said of an item before the first day at whose end it would be past the standard for certain. Where only dates are known, the event may lie anywhere in its day, and an outcome that this leaves open is unknown.
-- Grain: queue, slice, slice_value, standard, month_start_on. Reads: series_spell, queue_standard, queue_definition.
with

applied as (

    select
        series_spell.*,
        standard.standard,
        standard.within_days,
        standard.within_hours * 3600000000 as within_micros,
        coalesce(entered_at, cast(entered_on as timestamptz)) as earliest_entry,
        coalesce(entered_at, cast(entered_on + 1 as timestamptz) - interval 1 microsecond) as latest_entry,
        coalesce(left_at, cast(left_on as timestamptz)) as earliest_leave,
        coalesce(left_at, cast(left_on + 1 as timestamptz) - interval 1 microsecond) as latest_leave,
        -- false where a condition is not met as far as is known, and the value at entry is not known
        len(list_filter(
            standard.conditions,
            lambda condition: not list_contains(condition.slice_values, coalesce(attributes[condition.slice], '(not recorded)'))
        )) = 0 as is_certain
    from series_spell
    inner join queue_standard as standard
        on series_spell.queue = standard.queue
    where
        not is_reentry
        and entered_on = observed_from_on
        and is_wait_known
        and len(list_filter(
            standard.conditions,
            lambda condition: not list_contains(list_append(condition.slice_values, '(not known at entry)'), coalesce(attributes[condition.slice], '(not recorded)'))
        )) = 0
        and slice not in (
            select unnest(queue.refused_slices)
            from queue_definition as queue
            where queue.queue = series_spell.queue
        )

),

judged as (

    select
        *,
        if(
            within_days is not null,
            entered_on + cast(within_days as integer) + 1,
            cast(latest_entry + to_microseconds(within_micros) as date)
        ) as standard_due_on,
        coalesce(left_on - entered_on <= within_days, epoch_us(latest_leave) - epoch_us(earliest_entry) <= within_micros) as is_within,
        coalesce(left_on - entered_on > within_days, epoch_us(earliest_leave) - epoch_us(latest_entry) > within_micros) as is_beyond
    from applied

)

select
    queue,
    slice,
    slice_value,
    standard,
    cast(date_trunc('month', entered_on) as date) as month_start_on,
    count(*) filter (is_certain) as received_count,
    count(*) filter (is_certain and standard_due_on <= data_as_at) as due_count,
    count(*) filter (is_certain and standard_due_on <= data_as_at and is_within and is_served) as met_count,
    count(*) filter (is_certain and standard_due_on <= data_as_at and (left_on is null or is_beyond)) as failed_count,
    count(*) filter (is_certain and standard_due_on <= data_as_at and is_within and not is_served) as left_unseen_count,
    count(*) filter (is_certain and standard_due_on <= data_as_at and left_on is not null and not is_within and not is_beyond) as unknown_count,
    count(*) filter (is_certain and standard_due_on > data_as_at) as not_yet_due_count,
    count(*) filter (not is_certain and standard_due_on <= data_as_at) as perhaps_due_count,
    count(*) filter (not is_certain and standard_due_on <= data_as_at and left_on is not null and not is_beyond and (is_served or not is_within)) as perhaps_met_count,
    count(*) filter (not is_certain and standard_due_on <= data_as_at and (left_on is null or not is_within or not is_served)) as perhaps_not_met_count,
    count(distinct contributor_key) as contributor_count
from judged
group by all
