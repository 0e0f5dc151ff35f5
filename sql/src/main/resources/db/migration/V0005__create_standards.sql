-- Stages of queues, standards, ISO weeks and milestones of cases. Columns that a table gains stand at its end, since PostgreSQL adds them nowhere else;
-- the views have the order of the models. Rows of releases before this have null in them.
drop view mart.dim_queue;
alter table mart_rows.dim_queue add column parent_queue varchar(100);
comment on column mart_rows.dim_queue.parent_queue is 'Queue of which this one is a stage; null if it is none. The stages of a queue add up to it: never add both.';
create view mart.dim_queue as
select
    r.force,
    r.queue,
    r.queue_version,
    r.title,
    r.description,
    r.item_unit,
    r.parent_queue,
    r.entered_by,
    r.re_entered_by,
    r.left_by,
    r.observed_from,
    r.data_as_at,
    r.release_id
from mart_rows.dim_queue as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.dim_queue is 'One queue definition as it was applied.';
comment on column mart.dim_queue.force is 'Code of the force.';
comment on column mart.dim_queue.queue is 'Name.';
comment on column mart.dim_queue.queue_version is 'Version.';
comment on column mart.dim_queue.title is 'Name as people write it.';
comment on column mart.dim_queue.description is 'What the queue is.';
comment on column mart.dim_queue.item_unit is 'What it counts.';
comment on column mart.dim_queue.parent_queue is 'Queue of which this one is a stage; null if it is none. The stages of a queue add up to it: never add both.';
comment on column mart.dim_queue.entered_by is 'Events that open the first spell.';
comment on column mart.dim_queue.re_entered_by is 'Events that open a further spell, with reasons; ''-'' if none.';
comment on column mart.dim_queue.left_by is 'Events that close a spell and what the exit is called; ''*'' marks those that count as the work being done.';
comment on column mart.dim_queue.observed_from is 'First day from which the source is complete; null: from the first event.';
comment on column mart.dim_queue.data_as_at is 'Business date.';
comment on column mart.dim_queue.release_id is 'Release that the row belongs to.';

drop view mart.queue_daily;
alter table mart_rows.queue_daily add column past_standard_count bigint;
alter table mart_rows.queue_daily add column due_next_7_days_count bigint;
comment on column mart_rows.queue_daily.past_standard_count is 'Of what waits when the day ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_daily.due_next_7_days_count is 'Of what waits when the day ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
create view mart.queue_daily as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
    r.is_total,
    r."day",
    r.opening_count,
    r.received_count,
    r.reentered_count,
    r.left_count,
    r.waiting_count,
    r.past_standard_count,
    r.due_next_7_days_count,
    r.oldest_age_days,
    r.oldest_wait_days,
    r.is_partial,
    r.is_provisional,
    r.is_available,
    r.unavailable_reason,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart_rows.queue_daily as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.queue_daily is 'One day of one slice of one queue, without gaps from the first day observed to the business date. waiting = opening + received + reentered - left, exactly. An item that enters and leaves on one day counts in both flows.';
comment on column mart.queue_daily.force is 'Code of the force.';
comment on column mart.queue_daily.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart.queue_daily.queue_version is 'Version of the queue definition that was applied.';
comment on column mart.queue_daily.item_unit is 'What the counts of this row count.';
comment on column mart.queue_daily.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart.queue_daily.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart.queue_daily.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart.queue_daily."day" is 'Local calendar day.';
comment on column mart.queue_daily.opening_count is 'Waiting when the day began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_daily.received_count is 'First spells that began on the day. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_daily.reentered_count is 'Further spells that began on the day. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_daily.left_count is 'Spells that ended on the day, for any reason. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_daily.waiting_count is 'Waiting when the day ended, late or not. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_daily.past_standard_count is 'Of what waits when the day ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_daily.due_next_7_days_count is 'Of what waits when the day ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_daily.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column mart.queue_daily.oldest_wait_days is 'Longest current stay of an item waiting, counted from its latest entry; null if none waits. Unit: days. Never add.';
comment on column mart.queue_daily.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.queue_daily.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.queue_daily.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.queue_daily.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.queue_daily.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.queue_daily.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.queue_daily.release_id is 'Release that the row belongs to.';

drop view mart.queue_monthly;
alter table mart_rows.queue_monthly add column past_standard_count bigint;
alter table mart_rows.queue_monthly add column due_next_7_days_count bigint;
comment on column mart_rows.queue_monthly.past_standard_count is 'Of what waits when the month ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_monthly.due_next_7_days_count is 'Of what waits when the month ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
create view mart.queue_monthly as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
    r.is_total,
    r.month_start_on,
    r.month_end_on,
    r.measured_to_on,
    r.opening_count,
    r.received_count,
    r.reentered_count,
    r.left_count,
    r.served_count,
    r.waiting_count,
    r.past_standard_count,
    r.due_next_7_days_count,
    r.left_per_inflow,
    r.served_per_inflow,
    r.weeks_of_work_left,
    r.weeks_of_work_served,
    r.oldest_age_days,
    r.oldest_wait_days,
    r.waiting_age_median_days,
    r.waiting_age_mean_days,
    r.is_partial,
    r.is_provisional,
    r.is_available,
    r.unavailable_reason,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart_rows.queue_monthly as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.queue_monthly is 'One calendar month of one slice of one queue, the last one up to the business date (is_partial). Ages are those of the items waiting when the month ended: another population than the waits in mart.wait_summary.';
comment on column mart.queue_monthly.force is 'Code of the force.';
comment on column mart.queue_monthly.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart.queue_monthly.queue_version is 'Version of the queue definition that was applied.';
comment on column mart.queue_monthly.item_unit is 'What the counts of this row count.';
comment on column mart.queue_monthly.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart.queue_monthly.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart.queue_monthly.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart.queue_monthly.month_start_on is 'First day of the month.';
comment on column mart.queue_monthly.month_end_on is 'Last day of the month.';
comment on column mart.queue_monthly.measured_to_on is 'Last day that is counted: month end or business date.';
comment on column mart.queue_monthly.opening_count is 'Waiting when the month began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_monthly.received_count is 'First spells that began in the month. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_monthly.reentered_count is 'Further spells that began in the month. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_monthly.left_count is 'Spells that ended in the month, for any reason. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_monthly.served_count is 'Of these, spells that ended because the work was done. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_monthly.waiting_count is 'Waiting when the month ended. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_monthly.past_standard_count is 'Of what waits when the month ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_monthly.due_next_7_days_count is 'Of what waits when the month ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_monthly.left_per_inflow is 'left / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column mart.queue_monthly.served_per_inflow is 'served / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column mart.queue_monthly.weeks_of_work_left is 'waiting / weekly left over the trailing 91 days; null with less history or none left. Unit: weeks. Never add.';
comment on column mart.queue_monthly.weeks_of_work_served is 'waiting / weekly served over the trailing 91 days; null with less history or none served. Unit: weeks. Never add.';
comment on column mart.queue_monthly.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column mart.queue_monthly.oldest_wait_days is 'Longest current stay of an item waiting, from its latest entry; null if none waits. Unit: days. Never add.';
comment on column mart.queue_monthly.waiting_age_median_days is 'Median age since first receipt of what is waiting; not the median wait. Null if none waits. Unit: days. Never add.';
comment on column mart.queue_monthly.waiting_age_mean_days is 'Mean age since first receipt of what is waiting. Null if none waits. Unit: days. Never add.';
comment on column mart.queue_monthly.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.queue_monthly.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.queue_monthly.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.queue_monthly.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.queue_monthly.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.queue_monthly.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.queue_monthly.release_id is 'Release that the row belongs to.';

create table mart_rows.dim_standard (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    standard varchar(100) not null,
    standard_order integer not null,
    title varchar(200) not null,
    within_hours integer,
    within_days integer,
    applies_to varchar(4000) not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, queue, standard)
);
comment on table mart_rows.dim_standard is 'One standard of one queue definition as it was applied: how soon an item should be served. Where several apply to an item, past_standard_count and due_next_7_days_count use the one with the lowest standard_order, and mart.wait_standard tells of each.';
comment on column mart_rows.dim_standard.force is 'Code of the force.';
comment on column mart_rows.dim_standard.queue is 'Queue definition.';
comment on column mart_rows.dim_standard.queue_version is 'Its version.';
comment on column mart_rows.dim_standard.standard is 'Name of the standard.';
comment on column mart_rows.dim_standard.standard_order is 'Place among the standards of the queue, from 1.';
comment on column mart_rows.dim_standard.title is 'Name as people write it.';
comment on column mart_rows.dim_standard.within_hours is 'Elapsed hours that may pass from entering to leaving; null for a standard in days. Unit: hours. Never add.';
comment on column mart_rows.dim_standard.within_days is 'Days that may pass between the dates of entering and leaving; null for a standard in hours. Unit: days. Never add.';
comment on column mart_rows.dim_standard.applies_to is 'Slice values at entry to which it applies; ''every item'' if to all.';
comment on column mart_rows.dim_standard.data_as_at is 'Business date.';
comment on column mart_rows.dim_standard.release_id is 'Release that the row belongs to.';

create view mart.dim_standard as
select
    r.force,
    r.queue,
    r.queue_version,
    r.standard,
    r.standard_order,
    r.title,
    r.within_hours,
    r.within_days,
    r.applies_to,
    r.data_as_at,
    r.release_id
from mart_rows.dim_standard as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.dim_standard is 'One standard of one queue definition as it was applied: how soon an item should be served. Where several apply to an item, past_standard_count and due_next_7_days_count use the one with the lowest standard_order, and mart.wait_standard tells of each.';
comment on column mart.dim_standard.force is 'Code of the force.';
comment on column mart.dim_standard.queue is 'Queue definition.';
comment on column mart.dim_standard.queue_version is 'Its version.';
comment on column mart.dim_standard.standard is 'Name of the standard.';
comment on column mart.dim_standard.standard_order is 'Place among the standards of the queue, from 1.';
comment on column mart.dim_standard.title is 'Name as people write it.';
comment on column mart.dim_standard.within_hours is 'Elapsed hours that may pass from entering to leaving; null for a standard in days. Unit: hours. Never add.';
comment on column mart.dim_standard.within_days is 'Days that may pass between the dates of entering and leaving; null for a standard in hours. Unit: days. Never add.';
comment on column mart.dim_standard.applies_to is 'Slice values at entry to which it applies; ''every item'' if to all.';
comment on column mart.dim_standard.data_as_at is 'Business date.';
comment on column mart.dim_standard.release_id is 'Release that the row belongs to.';

create table mart_rows.queue_weekly (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    item_unit varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    is_total boolean not null,
    week_start_on date not null,
    week_end_on date not null,
    iso_year integer not null,
    iso_week integer not null,
    measured_to_on date not null,
    opening_count bigint not null,
    received_count bigint not null,
    reentered_count bigint not null,
    left_count bigint not null,
    served_count bigint not null,
    waiting_count bigint not null,
    past_standard_count bigint,
    due_next_7_days_count bigint,
    left_per_inflow double precision,
    served_per_inflow double precision,
    weeks_of_work_left double precision,
    weeks_of_work_served double precision,
    oldest_age_days bigint,
    oldest_wait_days bigint,
    waiting_age_median_days double precision,
    waiting_age_mean_days double precision,
    is_partial boolean not null,
    is_provisional boolean not null,
    is_available boolean not null,
    unavailable_reason varchar(1000),
    contributor_count bigint not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, queue, slice, slice_value, week_start_on)
);
comment on table mart_rows.queue_weekly is 'One ISO week, Monday to Sunday, of one slice of one queue, the last one up to the business date (is_partial). Ages are those of the items waiting when the week ended: another population than the waits in mart.wait_summary. For charts over time take the flows of whole weeks and not the stock, which wanders without any cause.';
comment on column mart_rows.queue_weekly.force is 'Code of the force.';
comment on column mart_rows.queue_weekly.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart_rows.queue_weekly.queue_version is 'Version of the queue definition that was applied.';
comment on column mart_rows.queue_weekly.item_unit is 'What the counts of this row count.';
comment on column mart_rows.queue_weekly.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart_rows.queue_weekly.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart_rows.queue_weekly.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart_rows.queue_weekly.week_start_on is 'Monday of the week.';
comment on column mart_rows.queue_weekly.week_end_on is 'Sunday of the week.';
comment on column mart_rows.queue_weekly.iso_year is 'Year that the week belongs to: that of its Thursday.';
comment on column mart_rows.queue_weekly.iso_week is 'Number of the week in that year, 1 to 53.';
comment on column mart_rows.queue_weekly.measured_to_on is 'Last day that is counted: Sunday or business date.';
comment on column mart_rows.queue_weekly.opening_count is 'Waiting when the week began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_weekly.received_count is 'First spells that began in the week. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_weekly.reentered_count is 'Further spells that began in the week. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_weekly.left_count is 'Spells that ended in the week, for any reason. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_weekly.served_count is 'Of these, spells that ended because the work was done. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_weekly.waiting_count is 'Waiting when the week ended. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_weekly.past_standard_count is 'Of what waits when the week ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_weekly.due_next_7_days_count is 'Of what waits when the week ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_weekly.left_per_inflow is 'left / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column mart_rows.queue_weekly.served_per_inflow is 'served / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column mart_rows.queue_weekly.weeks_of_work_left is 'waiting / weekly left over the trailing 91 days; null with less history or none left. Unit: weeks. Never add.';
comment on column mart_rows.queue_weekly.weeks_of_work_served is 'waiting / weekly served over the trailing 91 days; null with less history or none served. Unit: weeks. Never add.';
comment on column mart_rows.queue_weekly.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_weekly.oldest_wait_days is 'Longest current stay of an item waiting, from its latest entry; null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_weekly.waiting_age_median_days is 'Median age since first receipt of what is waiting; not the median wait. Null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_weekly.waiting_age_mean_days is 'Mean age since first receipt of what is waiting. Null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_weekly.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart_rows.queue_weekly.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart_rows.queue_weekly.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart_rows.queue_weekly.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart_rows.queue_weekly.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.queue_weekly.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.queue_weekly.release_id is 'Release that the row belongs to.';

create view mart.queue_weekly as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
    r.is_total,
    r.week_start_on,
    r.week_end_on,
    r.iso_year,
    r.iso_week,
    r.measured_to_on,
    r.opening_count,
    r.received_count,
    r.reentered_count,
    r.left_count,
    r.served_count,
    r.waiting_count,
    r.past_standard_count,
    r.due_next_7_days_count,
    r.left_per_inflow,
    r.served_per_inflow,
    r.weeks_of_work_left,
    r.weeks_of_work_served,
    r.oldest_age_days,
    r.oldest_wait_days,
    r.waiting_age_median_days,
    r.waiting_age_mean_days,
    r.is_partial,
    r.is_provisional,
    r.is_available,
    r.unavailable_reason,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart_rows.queue_weekly as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.queue_weekly is 'One ISO week, Monday to Sunday, of one slice of one queue, the last one up to the business date (is_partial). Ages are those of the items waiting when the week ended: another population than the waits in mart.wait_summary. For charts over time take the flows of whole weeks and not the stock, which wanders without any cause.';
comment on column mart.queue_weekly.force is 'Code of the force.';
comment on column mart.queue_weekly.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart.queue_weekly.queue_version is 'Version of the queue definition that was applied.';
comment on column mart.queue_weekly.item_unit is 'What the counts of this row count.';
comment on column mart.queue_weekly.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart.queue_weekly.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart.queue_weekly.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart.queue_weekly.week_start_on is 'Monday of the week.';
comment on column mart.queue_weekly.week_end_on is 'Sunday of the week.';
comment on column mart.queue_weekly.iso_year is 'Year that the week belongs to: that of its Thursday.';
comment on column mart.queue_weekly.iso_week is 'Number of the week in that year, 1 to 53.';
comment on column mart.queue_weekly.measured_to_on is 'Last day that is counted: Sunday or business date.';
comment on column mart.queue_weekly.opening_count is 'Waiting when the week began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_weekly.received_count is 'First spells that began in the week. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_weekly.reentered_count is 'Further spells that began in the week. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_weekly.left_count is 'Spells that ended in the week, for any reason. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_weekly.served_count is 'Of these, spells that ended because the work was done. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_weekly.waiting_count is 'Waiting when the week ended. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_weekly.past_standard_count is 'Of what waits when the week ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_weekly.due_next_7_days_count is 'Of what waits when the week ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.queue_weekly.left_per_inflow is 'left / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column mart.queue_weekly.served_per_inflow is 'served / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column mart.queue_weekly.weeks_of_work_left is 'waiting / weekly left over the trailing 91 days; null with less history or none left. Unit: weeks. Never add.';
comment on column mart.queue_weekly.weeks_of_work_served is 'waiting / weekly served over the trailing 91 days; null with less history or none served. Unit: weeks. Never add.';
comment on column mart.queue_weekly.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column mart.queue_weekly.oldest_wait_days is 'Longest current stay of an item waiting, from its latest entry; null if none waits. Unit: days. Never add.';
comment on column mart.queue_weekly.waiting_age_median_days is 'Median age since first receipt of what is waiting; not the median wait. Null if none waits. Unit: days. Never add.';
comment on column mart.queue_weekly.waiting_age_mean_days is 'Mean age since first receipt of what is waiting. Null if none waits. Unit: days. Never add.';
comment on column mart.queue_weekly.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.queue_weekly.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.queue_weekly.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.queue_weekly.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.queue_weekly.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.queue_weekly.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.queue_weekly.release_id is 'Release that the row belongs to.';

create table mart_rows.wait_standard (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    item_unit varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    is_total boolean not null,
    standard varchar(100) not null,
    month_start_on date not null,
    received_count bigint not null,
    due_count bigint not null,
    met_count bigint not null,
    failed_count bigint not null,
    left_unseen_count bigint not null,
    unknown_count bigint not null,
    not_yet_due_count bigint not null,
    share_low double precision,
    share_high double precision,
    is_partial boolean not null,
    is_provisional boolean not null,
    is_available boolean not null,
    unavailable_reason varchar(1000),
    contributor_count bigint not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, queue, slice, slice_value, standard, month_start_on)
);
comment on table mart_rows.wait_standard is 'How the items that first entered in a month fared against one standard. Only items whose deadline has passed by the business date are counted as due, whatever became of them; counting quick successes before their deadline would flatter the latest months. A month has a row where an item entered to which the standard applies. The share met lies between share_low and share_high, which differ where only dates are known and the hours cannot be told. Re-entries, and items that had entered before observation began, are not here.';
comment on column mart_rows.wait_standard.force is 'Code of the force.';
comment on column mart_rows.wait_standard.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart_rows.wait_standard.queue_version is 'Version of the queue definition that was applied.';
comment on column mart_rows.wait_standard.item_unit is 'What the counts of this row count.';
comment on column mart_rows.wait_standard.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart_rows.wait_standard.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart_rows.wait_standard.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart_rows.wait_standard.standard is 'Name of the standard; see mart.dim_standard.';
comment on column mart_rows.wait_standard.month_start_on is 'First day of the month of entry.';
comment on column mart_rows.wait_standard.received_count is 'Items that entered in the month and to which the standard applies: due + not yet due. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.wait_standard.due_count is 'Of these, items whose deadline has passed: met + failed + left unseen + unknown. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.wait_standard.met_count is 'Served within the standard. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.wait_standard.failed_count is 'Waiting beyond the standard, or left later than it. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.wait_standard.left_unseen_count is 'Left within the standard, but not because the work was done. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.wait_standard.unknown_count is 'Left on a day on which, without the time of day, within the standard cannot be told from later. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.wait_standard.not_yet_due_count is 'Items whose deadline has not passed for certain, already served or not. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.wait_standard.share_low is 'met / due: the share met if none of the unknown ones was. Null if none is due. Unit: share. Never add.';
comment on column mart_rows.wait_standard.share_high is '(met + unknown) / due: the share met if all of the unknown ones were. Null if none is due. Unit: share. Never add.';
comment on column mart_rows.wait_standard.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart_rows.wait_standard.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart_rows.wait_standard.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart_rows.wait_standard.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart_rows.wait_standard.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.wait_standard.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.wait_standard.release_id is 'Release that the row belongs to.';

create view mart.wait_standard as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
    r.is_total,
    r.standard,
    r.month_start_on,
    r.received_count,
    r.due_count,
    r.met_count,
    r.failed_count,
    r.left_unseen_count,
    r.unknown_count,
    r.not_yet_due_count,
    r.share_low,
    r.share_high,
    r.is_partial,
    r.is_provisional,
    r.is_available,
    r.unavailable_reason,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart_rows.wait_standard as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.wait_standard is 'How the items that first entered in a month fared against one standard. Only items whose deadline has passed by the business date are counted as due, whatever became of them; counting quick successes before their deadline would flatter the latest months. A month has a row where an item entered to which the standard applies. The share met lies between share_low and share_high, which differ where only dates are known and the hours cannot be told. Re-entries, and items that had entered before observation began, are not here.';
comment on column mart.wait_standard.force is 'Code of the force.';
comment on column mart.wait_standard.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart.wait_standard.queue_version is 'Version of the queue definition that was applied.';
comment on column mart.wait_standard.item_unit is 'What the counts of this row count.';
comment on column mart.wait_standard.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart.wait_standard.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart.wait_standard.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart.wait_standard.standard is 'Name of the standard; see mart.dim_standard.';
comment on column mart.wait_standard.month_start_on is 'First day of the month of entry.';
comment on column mart.wait_standard.received_count is 'Items that entered in the month and to which the standard applies: due + not yet due. Unit: items. Additive over time within one slice value.';
comment on column mart.wait_standard.due_count is 'Of these, items whose deadline has passed: met + failed + left unseen + unknown. Unit: items. Additive over time within one slice value.';
comment on column mart.wait_standard.met_count is 'Served within the standard. Unit: items. Additive over time within one slice value.';
comment on column mart.wait_standard.failed_count is 'Waiting beyond the standard, or left later than it. Unit: items. Additive over time within one slice value.';
comment on column mart.wait_standard.left_unseen_count is 'Left within the standard, but not because the work was done. Unit: items. Additive over time within one slice value.';
comment on column mart.wait_standard.unknown_count is 'Left on a day on which, without the time of day, within the standard cannot be told from later. Unit: items. Additive over time within one slice value.';
comment on column mart.wait_standard.not_yet_due_count is 'Items whose deadline has not passed for certain, already served or not. Unit: items. Additive over time within one slice value.';
comment on column mart.wait_standard.share_low is 'met / due: the share met if none of the unknown ones was. Null if none is due. Unit: share. Never add.';
comment on column mart.wait_standard.share_high is '(met + unknown) / due: the share met if all of the unknown ones were. Null if none is due. Unit: share. Never add.';
comment on column mart.wait_standard.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.wait_standard.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.wait_standard.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.wait_standard.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.wait_standard.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.wait_standard.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.wait_standard.release_id is 'Release that the row belongs to.';

create table mart_rows.case_milestone_open (
    force varchar(40) not null,
    milestones varchar(100) not null,
    milestones_version integer not null,
    case_key varchar(400) not null,
    step varchar(100) not null,
    step_order integer not null,
    step_title varchar(200) not null,
    aware_on date not null,
    age_days bigint not null,
    status varchar(40) not null,
    status_on date,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, milestones, case_key, step)
);
comment on table mart_rows.case_milestone_open is 'One step of one case that is open on the business date, and whether it is recorded. ''not recorded'' does not say that the step was not done. Restricted: it names cases by their pseudonyms, so it is not exported and not readable for BI tools.';
comment on column mart_rows.case_milestone_open.force is 'Code of the force.';
comment on column mart_rows.case_milestone_open.milestones is 'Name of the milestones definition.';
comment on column mart_rows.case_milestone_open.milestones_version is 'Its version.';
comment on column mart_rows.case_milestone_open.case_key is 'Case: source:key; the key is a pseudonym where the feed says so.';
comment on column mart_rows.case_milestone_open.step is 'Name of the step.';
comment on column mart_rows.case_milestone_open.step_order is 'Place among the steps, from 1.';
comment on column mart_rows.case_milestone_open.step_title is 'Name of the step as people write it.';
comment on column mart_rows.case_milestone_open.aware_on is 'Local date of the first event that opened the case, also if it was closed since and opened again.';
comment on column mart_rows.case_milestone_open.age_days is 'Days from aware_on to the business date. Unit: days. Never add.';
comment on column mart_rows.case_milestone_open.status is '''done'', ''not applicable'', or ''not recorded'', which is never ''not done''.';
comment on column mart_rows.case_milestone_open.status_on is 'Local date of the first event that records it; null exactly where it is not recorded.';
comment on column mart_rows.case_milestone_open.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.case_milestone_open.release_id is 'Release that the row belongs to.';

create view mart.case_milestone_open as
select
    r.force,
    r.milestones,
    r.milestones_version,
    r.case_key,
    r.step,
    r.step_order,
    r.step_title,
    r.aware_on,
    r.age_days,
    r.status,
    r.status_on,
    r.data_as_at,
    r.release_id
from mart_rows.case_milestone_open as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.case_milestone_open is 'One step of one case that is open on the business date, and whether it is recorded. ''not recorded'' does not say that the step was not done. Restricted: it names cases by their pseudonyms, so it is not exported and not readable for BI tools.';
comment on column mart.case_milestone_open.force is 'Code of the force.';
comment on column mart.case_milestone_open.milestones is 'Name of the milestones definition.';
comment on column mart.case_milestone_open.milestones_version is 'Its version.';
comment on column mart.case_milestone_open.case_key is 'Case: source:key; the key is a pseudonym where the feed says so.';
comment on column mart.case_milestone_open.step is 'Name of the step.';
comment on column mart.case_milestone_open.step_order is 'Place among the steps, from 1.';
comment on column mart.case_milestone_open.step_title is 'Name of the step as people write it.';
comment on column mart.case_milestone_open.aware_on is 'Local date of the first event that opened the case, also if it was closed since and opened again.';
comment on column mart.case_milestone_open.age_days is 'Days from aware_on to the business date. Unit: days. Never add.';
comment on column mart.case_milestone_open.status is '''done'', ''not applicable'', or ''not recorded'', which is never ''not done''.';
comment on column mart.case_milestone_open.status_on is 'Local date of the first event that records it; null exactly where it is not recorded.';
comment on column mart.case_milestone_open.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.case_milestone_open.release_id is 'Release that the row belongs to.';

comment on column mart_rows.wait_summary.restricted_mean_standard_error is 'Its standard error; null where nobody left, since then nothing is known of it. Unit: days. Never add.';
comment on column mart.wait_summary.restricted_mean_standard_error is 'Its standard error; null where nobody left, since then nothing is known of it. Unit: days. Never add.';
