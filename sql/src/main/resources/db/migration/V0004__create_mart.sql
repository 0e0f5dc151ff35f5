-- What is published: one table per mart with the rows of the releases that are kept, and one view per mart over the current release.
-- Columns, comments and order are those of the mart's YAML file. "day" is quoted because it is a keyword of H2. H2 forgets the comments on a view's columns when it
-- is opened again; PostgreSQL keeps them.
create schema mart_rows;
comment on schema mart_rows is 'Rows of the releases that are kept, told apart by release_id. Readers use schema mart.';
create schema mart;
comment on schema mart is 'Figures of the current release. Every row names the release it belongs to.';

create table mart_rows.dim_date (
    "day" date not null,
    calendar_year integer not null,
    quarter_start_on date not null,
    month_start_on date not null,
    week_start_on date not null,
    iso_year integer not null,
    iso_week integer not null,
    financial_year varchar(7) not null,
    day_of_week integer not null,
    is_weekend boolean not null,
    is_bank_holiday boolean,
    release_id varchar(40) not null,
    primary key (release_id, "day")
);
comment on table mart_rows.dim_date is 'One local calendar day from the first event to the end of the financial year of the business date.';
comment on column mart_rows.dim_date."day" is 'The day.';
comment on column mart_rows.dim_date.calendar_year is 'Year.';
comment on column mart_rows.dim_date.quarter_start_on is 'First day of the calendar quarter.';
comment on column mart_rows.dim_date.month_start_on is 'First day of the month.';
comment on column mart_rows.dim_date.week_start_on is 'Monday of the ISO week.';
comment on column mart_rows.dim_date.iso_year is 'Year of the ISO week.';
comment on column mart_rows.dim_date.iso_week is 'ISO week, 1 to 53.';
comment on column mart_rows.dim_date.financial_year is 'Financial year from 1 April, such as 2015/16.';
comment on column mart_rows.dim_date.day_of_week is '1 Monday to 7 Sunday.';
comment on column mart_rows.dim_date.is_weekend is 'Saturday or Sunday.';
comment on column mart_rows.dim_date.is_bank_holiday is 'From the force folder''s bank_holidays.csv; null where it has none for that year (unknown, not ''no'').';
comment on column mart_rows.dim_date.release_id is 'Release that the row belongs to.';

create view mart.dim_date as
select
    r."day",
    r.calendar_year,
    r.quarter_start_on,
    r.month_start_on,
    r.week_start_on,
    r.iso_year,
    r.iso_week,
    r.financial_year,
    r.day_of_week,
    r.is_weekend,
    r.is_bank_holiday,
    r.release_id
from mart_rows.dim_date as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.dim_date is 'One local calendar day from the first event to the end of the financial year of the business date.';
comment on column mart.dim_date."day" is 'The day.';
comment on column mart.dim_date.calendar_year is 'Year.';
comment on column mart.dim_date.quarter_start_on is 'First day of the calendar quarter.';
comment on column mart.dim_date.month_start_on is 'First day of the month.';
comment on column mart.dim_date.week_start_on is 'Monday of the ISO week.';
comment on column mart.dim_date.iso_year is 'Year of the ISO week.';
comment on column mart.dim_date.iso_week is 'ISO week, 1 to 53.';
comment on column mart.dim_date.financial_year is 'Financial year from 1 April, such as 2015/16.';
comment on column mart.dim_date.day_of_week is '1 Monday to 7 Sunday.';
comment on column mart.dim_date.is_weekend is 'Saturday or Sunday.';
comment on column mart.dim_date.is_bank_holiday is 'From the force folder''s bank_holidays.csv; null where it has none for that year (unknown, not ''no'').';
comment on column mart.dim_date.release_id is 'Release that the row belongs to.';

create table mart_rows.dim_queue (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    title varchar(200) not null,
    description varchar(4000) not null,
    item_unit varchar(100) not null,
    entered_by varchar(4000) not null,
    re_entered_by varchar(4000) not null,
    left_by varchar(4000) not null,
    observed_from date,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, queue)
);
comment on table mart_rows.dim_queue is 'One queue definition as it was applied.';
comment on column mart_rows.dim_queue.force is 'Code of the force.';
comment on column mart_rows.dim_queue.queue is 'Name.';
comment on column mart_rows.dim_queue.queue_version is 'Version.';
comment on column mart_rows.dim_queue.title is 'Name as people write it.';
comment on column mart_rows.dim_queue.description is 'What the queue is.';
comment on column mart_rows.dim_queue.item_unit is 'What it counts.';
comment on column mart_rows.dim_queue.entered_by is 'Events that open the first spell.';
comment on column mart_rows.dim_queue.re_entered_by is 'Events that open a further spell, with reasons; ''-'' if none.';
comment on column mart_rows.dim_queue.left_by is 'Events that close a spell and what the exit is called; ''*'' marks those that count as the work being done.';
comment on column mart_rows.dim_queue.observed_from is 'First day from which the source is complete; null: from the first event.';
comment on column mart_rows.dim_queue.data_as_at is 'Business date.';
comment on column mart_rows.dim_queue.release_id is 'Release that the row belongs to.';

create view mart.dim_queue as
select
    r.force,
    r.queue,
    r.queue_version,
    r.title,
    r.description,
    r.item_unit,
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
comment on column mart.dim_queue.entered_by is 'Events that open the first spell.';
comment on column mart.dim_queue.re_entered_by is 'Events that open a further spell, with reasons; ''-'' if none.';
comment on column mart.dim_queue.left_by is 'Events that close a spell and what the exit is called; ''*'' marks those that count as the work being done.';
comment on column mart.dim_queue.observed_from is 'First day from which the source is complete; null: from the first event.';
comment on column mart.dim_queue.data_as_at is 'Business date.';
comment on column mart.dim_queue.release_id is 'Release that the row belongs to.';

create table mart_rows.dim_slice (
    force varchar(40) not null,
    queue varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    is_total boolean not null,
    item_count bigint not null,
    release_id varchar(40) not null,
    primary key (release_id, queue, slice, slice_value)
);
comment on table mart_rows.dim_slice is 'One value of one slice of one queue that occurs in the spells, and the total.';
comment on column mart_rows.dim_slice.force is 'Code of the force.';
comment on column mart_rows.dim_slice.queue is 'Queue definition.';
comment on column mart_rows.dim_slice.slice is 'Attribute; ''all'' for the total.';
comment on column mart_rows.dim_slice.slice_value is 'Value; ''all'' for the total.';
comment on column mart_rows.dim_slice.is_total is 'True for the total.';
comment on column mart_rows.dim_slice.item_count is 'Items that ever entered with this value. Unit: items. Never add.';
comment on column mart_rows.dim_slice.release_id is 'Release that the row belongs to.';

create view mart.dim_slice as
select
    r.force,
    r.queue,
    r.slice,
    r.slice_value,
    r.is_total,
    r.item_count,
    r.release_id
from mart_rows.dim_slice as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.dim_slice is 'One value of one slice of one queue that occurs in the spells, and the total.';
comment on column mart.dim_slice.force is 'Code of the force.';
comment on column mart.dim_slice.queue is 'Queue definition.';
comment on column mart.dim_slice.slice is 'Attribute; ''all'' for the total.';
comment on column mart.dim_slice.slice_value is 'Value; ''all'' for the total.';
comment on column mart.dim_slice.is_total is 'True for the total.';
comment on column mart.dim_slice.item_count is 'Items that ever entered with this value. Unit: items. Never add.';
comment on column mart.dim_slice.release_id is 'Release that the row belongs to.';

create table mart_rows.queue_daily (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    item_unit varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    is_total boolean not null,
    "day" date not null,
    opening_count bigint not null,
    received_count bigint not null,
    reentered_count bigint not null,
    left_count bigint not null,
    waiting_count bigint not null,
    oldest_age_days bigint,
    oldest_wait_days bigint,
    is_partial boolean not null,
    is_provisional boolean not null,
    is_available boolean not null,
    unavailable_reason varchar(1000),
    contributor_count bigint not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, queue, slice, slice_value, "day")
);
comment on table mart_rows.queue_daily is 'One day of one slice of one queue, without gaps from the first day observed to the business date. waiting = opening + received + reentered - left, exactly. An item that enters and leaves on one day counts in both flows.';
comment on column mart_rows.queue_daily.force is 'Code of the force.';
comment on column mart_rows.queue_daily.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart_rows.queue_daily.queue_version is 'Version of the queue definition that was applied.';
comment on column mart_rows.queue_daily.item_unit is 'What the counts of this row count.';
comment on column mart_rows.queue_daily.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart_rows.queue_daily.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart_rows.queue_daily.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart_rows.queue_daily."day" is 'Local calendar day.';
comment on column mart_rows.queue_daily.opening_count is 'Waiting when the day began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_daily.received_count is 'First spells that began on the day. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_daily.reentered_count is 'Further spells that began on the day. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_daily.left_count is 'Spells that ended on the day, for any reason. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_daily.waiting_count is 'Waiting when the day ended, late or not. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_daily.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_daily.oldest_wait_days is 'Longest current stay of an item waiting, counted from its latest entry; null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_daily.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart_rows.queue_daily.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart_rows.queue_daily.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart_rows.queue_daily.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart_rows.queue_daily.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.queue_daily.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.queue_daily.release_id is 'Release that the row belongs to.';

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
comment on column mart.queue_daily.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column mart.queue_daily.oldest_wait_days is 'Longest current stay of an item waiting, counted from its latest entry; null if none waits. Unit: days. Never add.';
comment on column mart.queue_daily.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.queue_daily.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.queue_daily.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.queue_daily.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.queue_daily.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.queue_daily.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.queue_daily.release_id is 'Release that the row belongs to.';

create table mart_rows.queue_monthly (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    item_unit varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    is_total boolean not null,
    month_start_on date not null,
    month_end_on date not null,
    measured_to_on date not null,
    opening_count bigint not null,
    received_count bigint not null,
    reentered_count bigint not null,
    left_count bigint not null,
    served_count bigint not null,
    waiting_count bigint not null,
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
    primary key (release_id, queue, slice, slice_value, month_start_on)
);
comment on table mart_rows.queue_monthly is 'One calendar month of one slice of one queue, the last one up to the business date (is_partial). Ages are those of the items waiting when the month ended: another population than the waits in mart.wait_summary.';
comment on column mart_rows.queue_monthly.force is 'Code of the force.';
comment on column mart_rows.queue_monthly.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart_rows.queue_monthly.queue_version is 'Version of the queue definition that was applied.';
comment on column mart_rows.queue_monthly.item_unit is 'What the counts of this row count.';
comment on column mart_rows.queue_monthly.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart_rows.queue_monthly.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart_rows.queue_monthly.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart_rows.queue_monthly.month_start_on is 'First day of the month.';
comment on column mart_rows.queue_monthly.month_end_on is 'Last day of the month.';
comment on column mart_rows.queue_monthly.measured_to_on is 'Last day that is counted: month end or business date.';
comment on column mart_rows.queue_monthly.opening_count is 'Waiting when the month began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_monthly.received_count is 'First spells that began in the month. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_monthly.reentered_count is 'Further spells that began in the month. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_monthly.left_count is 'Spells that ended in the month, for any reason. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_monthly.served_count is 'Of these, spells that ended because the work was done. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_monthly.waiting_count is 'Waiting when the month ended. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.queue_monthly.left_per_inflow is 'left / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column mart_rows.queue_monthly.served_per_inflow is 'served / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column mart_rows.queue_monthly.weeks_of_work_left is 'waiting / weekly left over the trailing 91 days; null with less history or none left. Unit: weeks. Never add.';
comment on column mart_rows.queue_monthly.weeks_of_work_served is 'waiting / weekly served over the trailing 91 days; null with less history or none served. Unit: weeks. Never add.';
comment on column mart_rows.queue_monthly.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_monthly.oldest_wait_days is 'Longest current stay of an item waiting, from its latest entry; null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_monthly.waiting_age_median_days is 'Median age since first receipt of what is waiting; not the median wait. Null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_monthly.waiting_age_mean_days is 'Mean age since first receipt of what is waiting. Null if none waits. Unit: days. Never add.';
comment on column mart_rows.queue_monthly.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart_rows.queue_monthly.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart_rows.queue_monthly.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart_rows.queue_monthly.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart_rows.queue_monthly.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.queue_monthly.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.queue_monthly.release_id is 'Release that the row belongs to.';

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

create table mart_rows.queue_exit (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    item_unit varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    is_total boolean not null,
    month_start_on date not null,
    measured_to_on date not null,
    exit_reason varchar(100) not null,
    is_served boolean not null,
    left_count bigint not null,
    is_partial boolean not null,
    is_provisional boolean not null,
    is_available boolean not null,
    unavailable_reason varchar(1000),
    contributor_count bigint not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, queue, slice, slice_value, month_start_on, exit_reason)
);
comment on table mart_rows.queue_exit is 'One reason for leaving in one calendar month of one slice of one queue. Every reason of the definition has a row in every month, with 0 where none left.';
comment on column mart_rows.queue_exit.force is 'Code of the force.';
comment on column mart_rows.queue_exit.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart_rows.queue_exit.queue_version is 'Version of the queue definition that was applied.';
comment on column mart_rows.queue_exit.item_unit is 'What the counts of this row count.';
comment on column mart_rows.queue_exit.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart_rows.queue_exit.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart_rows.queue_exit.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart_rows.queue_exit.month_start_on is 'First day of the month.';
comment on column mart_rows.queue_exit.measured_to_on is 'Last day that is counted.';
comment on column mart_rows.queue_exit.exit_reason is 'How the items left, as the queue definition calls it.';
comment on column mart_rows.queue_exit.is_served is 'Whether this exit means that the work was done.';
comment on column mart_rows.queue_exit.left_count is 'Spells that ended so in the month. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.queue_exit.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart_rows.queue_exit.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart_rows.queue_exit.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart_rows.queue_exit.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart_rows.queue_exit.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.queue_exit.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.queue_exit.release_id is 'Release that the row belongs to.';

create view mart.queue_exit as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
    r.is_total,
    r.month_start_on,
    r.measured_to_on,
    r.exit_reason,
    r.is_served,
    r.left_count,
    r.is_partial,
    r.is_provisional,
    r.is_available,
    r.unavailable_reason,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart_rows.queue_exit as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.queue_exit is 'One reason for leaving in one calendar month of one slice of one queue. Every reason of the definition has a row in every month, with 0 where none left.';
comment on column mart.queue_exit.force is 'Code of the force.';
comment on column mart.queue_exit.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart.queue_exit.queue_version is 'Version of the queue definition that was applied.';
comment on column mart.queue_exit.item_unit is 'What the counts of this row count.';
comment on column mart.queue_exit.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart.queue_exit.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart.queue_exit.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart.queue_exit.month_start_on is 'First day of the month.';
comment on column mart.queue_exit.measured_to_on is 'Last day that is counted.';
comment on column mart.queue_exit.exit_reason is 'How the items left, as the queue definition calls it.';
comment on column mart.queue_exit.is_served is 'Whether this exit means that the work was done.';
comment on column mart.queue_exit.left_count is 'Spells that ended so in the month. Unit: items. Additive over time within one slice value.';
comment on column mart.queue_exit.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.queue_exit.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.queue_exit.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.queue_exit.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.queue_exit.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.queue_exit.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.queue_exit.release_id is 'Release that the row belongs to.';

create table mart_rows.open_age (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    item_unit varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    is_total boolean not null,
    as_of_on date not null,
    age_band varchar(40) not null,
    age_band_from_days integer not null,
    age_band_to_days integer,
    waiting_count bigint not null,
    waiting_since_entry_count bigint not null,
    is_partial boolean not null,
    is_provisional boolean not null,
    is_available boolean not null,
    unavailable_reason varchar(1000),
    contributor_count bigint not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, queue, slice, slice_value, as_of_on, age_band_from_days)
);
comment on table mart_rows.open_age is 'One age band of what waits in one slice of one queue at the end of each month and on the business date. Bands are half-open: 31-90 means older than 30 and not older than 90 days.';
comment on column mart_rows.open_age.force is 'Code of the force.';
comment on column mart_rows.open_age.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart_rows.open_age.queue_version is 'Version of the queue definition that was applied.';
comment on column mart_rows.open_age.item_unit is 'What the counts of this row count.';
comment on column mart_rows.open_age.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart_rows.open_age.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart_rows.open_age.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart_rows.open_age.as_of_on is 'End of day on which ages are taken.';
comment on column mart_rows.open_age.age_band is 'Band as printed, such as 31-90 or 366+.';
comment on column mart_rows.open_age.age_band_from_days is 'Youngest age in the band. Unit: days.';
comment on column mart_rows.open_age.age_band_to_days is 'Oldest age in the band; null for the open band. Unit: days.';
comment on column mart_rows.open_age.waiting_count is 'Items waiting whose age since first receipt is in the band. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.open_age.waiting_since_entry_count is 'Items waiting whose current stay, counted from the latest entry, is in the band. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart_rows.open_age.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart_rows.open_age.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart_rows.open_age.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart_rows.open_age.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart_rows.open_age.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.open_age.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.open_age.release_id is 'Release that the row belongs to.';

create view mart.open_age as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
    r.is_total,
    r.as_of_on,
    r.age_band,
    r.age_band_from_days,
    r.age_band_to_days,
    r.waiting_count,
    r.waiting_since_entry_count,
    r.is_partial,
    r.is_provisional,
    r.is_available,
    r.unavailable_reason,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart_rows.open_age as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.open_age is 'One age band of what waits in one slice of one queue at the end of each month and on the business date. Bands are half-open: 31-90 means older than 30 and not older than 90 days.';
comment on column mart.open_age.force is 'Code of the force.';
comment on column mart.open_age.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart.open_age.queue_version is 'Version of the queue definition that was applied.';
comment on column mart.open_age.item_unit is 'What the counts of this row count.';
comment on column mart.open_age.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart.open_age.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart.open_age.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart.open_age.as_of_on is 'End of day on which ages are taken.';
comment on column mart.open_age.age_band is 'Band as printed, such as 31-90 or 366+.';
comment on column mart.open_age.age_band_from_days is 'Youngest age in the band. Unit: days.';
comment on column mart.open_age.age_band_to_days is 'Oldest age in the band; null for the open band. Unit: days.';
comment on column mart.open_age.waiting_count is 'Items waiting whose age since first receipt is in the band. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.open_age.waiting_since_entry_count is 'Items waiting whose current stay, counted from the latest entry, is in the band. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column mart.open_age.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.open_age.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.open_age.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.open_age.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.open_age.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.open_age.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.open_age.release_id is 'Release that the row belongs to.';

create table mart_rows.wait_curve (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    item_unit varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    is_total boolean not null,
    cohort varchar(100) not null,
    exit_reason varchar(100) not null,
    wait_days integer not null,
    at_risk_count bigint not null,
    left_count bigint not null,
    censored_count bigint not null,
    still_waiting_share double precision,
    still_waiting_low double precision,
    still_waiting_high double precision,
    still_waiting_standard_error double precision,
    left_share double precision not null,
    left_share_standard_error double precision,
    is_partial boolean not null,
    is_provisional boolean not null,
    is_available boolean not null,
    unavailable_reason varchar(1000),
    contributor_count bigint not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, queue, slice, slice_value, cohort, exit_reason, wait_days)
);
comment on table mart_rows.wait_curve is 'The share still waiting by day of wait (Kaplan-Meier; items still waiting are censored, items that were waiting when observation began enter late), and for each exit reason the cumulative share that left so (Aalen-Johansen). Rows stand on days 0, 7, 14, 28, 30, 60, 90, 180, 365, 730 and 1095 as far as observed, and on every day on which an item entered observation late, left or was last seen waiting; between rows the shares stay as they are. Days run from the entry of the spell. Every reason of the queue definition has rows, with 0 where nobody left so. Spells that ended before observation began are not in any cohort. Only what is fixed at entry makes a cohort or a slice. Cohorts overlap: the financial years are parts of ''first entries''. is_partial is always false: a cohort may still grow, and what waits is censored. is_provisional is true if a spell of the cohort was observed within the queue''s provisional days. Read mart.wait_summary.curve_status first.';
comment on column mart_rows.wait_curve.force is 'Code of the force.';
comment on column mart_rows.wait_curve.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart_rows.wait_curve.queue_version is 'Version of the queue definition that was applied.';
comment on column mart_rows.wait_curve.item_unit is 'What the counts of this row count.';
comment on column mart_rows.wait_curve.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart_rows.wait_curve.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart_rows.wait_curve.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart_rows.wait_curve.cohort is '''first entries'', ''re-entries'', or ''first entries YYYY/YY'' (financial year of entry).';
comment on column mart_rows.wait_curve.exit_reason is '''all'' for leaving for any reason; otherwise one reason.';
comment on column mart_rows.wait_curve.wait_days is 'Day of wait; the day of entry is 0. Unit: days.';
comment on column mart_rows.wait_curve.at_risk_count is 'Items under observation and waiting at the start of that day of wait, those that entered or left on it included; the same for every reason. Unit: items. Never add.';
comment on column mart_rows.wait_curve.left_count is 'Items that left on that day of wait for the reason; rows ''all'' are the sum of the reasons. Unit: items. Additive over time within one slice value.';
comment on column mart_rows.wait_curve.censored_count is 'Items last seen waiting on that day of wait, after those that left on it; the same for every reason. Unit: items. Never add.';
comment on column mart_rows.wait_curve.still_waiting_share is 'Share whose wait exceeds the day; on rows of one reason null. Unit: share. Never add.';
comment on column mart_rows.wait_curve.still_waiting_low is 'Lower end of the 95 % log-log interval; null at 0 and 1 and on rows of one reason. Unit: share. Never add.';
comment on column mart_rows.wait_curve.still_waiting_high is 'Upper end of it; null with the lower. Unit: share. Never add.';
comment on column mart_rows.wait_curve.still_waiting_standard_error is 'Greenwood; null where the share is 0 and on rows of one reason. Unit: share. Never add.';
comment on column mart_rows.wait_curve.left_share is 'Share that has left for the reason by the day, in the presence of the other reasons; the shares of all reasons add up to 1 - still_waiting_share, which is that of ''all''. Unit: share. Never add.';
comment on column mart_rows.wait_curve.left_share_standard_error is 'Square root of the Aalen-Johansen variance; 0 while nobody left so; null on rows ''all'', whose error is that of still_waiting_share. Unit: share. Never add.';
comment on column mart_rows.wait_curve.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart_rows.wait_curve.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart_rows.wait_curve.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart_rows.wait_curve.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart_rows.wait_curve.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.wait_curve.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.wait_curve.release_id is 'Release that the row belongs to.';

create view mart.wait_curve as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
    r.is_total,
    r.cohort,
    r.exit_reason,
    r.wait_days,
    r.at_risk_count,
    r.left_count,
    r.censored_count,
    r.still_waiting_share,
    r.still_waiting_low,
    r.still_waiting_high,
    r.still_waiting_standard_error,
    r.left_share,
    r.left_share_standard_error,
    r.is_partial,
    r.is_provisional,
    r.is_available,
    r.unavailable_reason,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart_rows.wait_curve as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.wait_curve is 'The share still waiting by day of wait (Kaplan-Meier; items still waiting are censored, items that were waiting when observation began enter late), and for each exit reason the cumulative share that left so (Aalen-Johansen). Rows stand on days 0, 7, 14, 28, 30, 60, 90, 180, 365, 730 and 1095 as far as observed, and on every day on which an item entered observation late, left or was last seen waiting; between rows the shares stay as they are. Days run from the entry of the spell. Every reason of the queue definition has rows, with 0 where nobody left so. Spells that ended before observation began are not in any cohort. Only what is fixed at entry makes a cohort or a slice. Cohorts overlap: the financial years are parts of ''first entries''. is_partial is always false: a cohort may still grow, and what waits is censored. is_provisional is true if a spell of the cohort was observed within the queue''s provisional days. Read mart.wait_summary.curve_status first.';
comment on column mart.wait_curve.force is 'Code of the force.';
comment on column mart.wait_curve.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart.wait_curve.queue_version is 'Version of the queue definition that was applied.';
comment on column mart.wait_curve.item_unit is 'What the counts of this row count.';
comment on column mart.wait_curve.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart.wait_curve.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart.wait_curve.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart.wait_curve.cohort is '''first entries'', ''re-entries'', or ''first entries YYYY/YY'' (financial year of entry).';
comment on column mart.wait_curve.exit_reason is '''all'' for leaving for any reason; otherwise one reason.';
comment on column mart.wait_curve.wait_days is 'Day of wait; the day of entry is 0. Unit: days.';
comment on column mart.wait_curve.at_risk_count is 'Items under observation and waiting at the start of that day of wait, those that entered or left on it included; the same for every reason. Unit: items. Never add.';
comment on column mart.wait_curve.left_count is 'Items that left on that day of wait for the reason; rows ''all'' are the sum of the reasons. Unit: items. Additive over time within one slice value.';
comment on column mart.wait_curve.censored_count is 'Items last seen waiting on that day of wait, after those that left on it; the same for every reason. Unit: items. Never add.';
comment on column mart.wait_curve.still_waiting_share is 'Share whose wait exceeds the day; on rows of one reason null. Unit: share. Never add.';
comment on column mart.wait_curve.still_waiting_low is 'Lower end of the 95 % log-log interval; null at 0 and 1 and on rows of one reason. Unit: share. Never add.';
comment on column mart.wait_curve.still_waiting_high is 'Upper end of it; null with the lower. Unit: share. Never add.';
comment on column mart.wait_curve.still_waiting_standard_error is 'Greenwood; null where the share is 0 and on rows of one reason. Unit: share. Never add.';
comment on column mart.wait_curve.left_share is 'Share that has left for the reason by the day, in the presence of the other reasons; the shares of all reasons add up to 1 - still_waiting_share, which is that of ''all''. Unit: share. Never add.';
comment on column mart.wait_curve.left_share_standard_error is 'Square root of the Aalen-Johansen variance; 0 while nobody left so; null on rows ''all'', whose error is that of still_waiting_share. Unit: share. Never add.';
comment on column mart.wait_curve.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.wait_curve.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.wait_curve.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.wait_curve.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.wait_curve.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.wait_curve.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.wait_curve.release_id is 'Release that the row belongs to.';

create table mart_rows.wait_summary (
    force varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    item_unit varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    is_total boolean not null,
    cohort varchar(100) not null,
    spell_count bigint not null,
    left_count bigint not null,
    still_waiting_count bigint not null,
    longest_observed_days integer not null,
    p25_days double precision,
    p25_low_days double precision,
    p25_high_days double precision,
    median_days double precision,
    median_low_days double precision,
    median_high_days double precision,
    p75_days double precision,
    p75_low_days double precision,
    p75_high_days double precision,
    p90_days double precision,
    p90_low_days double precision,
    p90_high_days double precision,
    p95_days double precision,
    p95_low_days double precision,
    p95_high_days double precision,
    restricted_mean_days double precision,
    restricted_mean_standard_error double precision,
    restricted_to_days integer not null,
    is_horizon_beyond_follow_up boolean not null,
    curve_status varchar(200) not null,
    completed_only_median_days double precision,
    is_partial boolean not null,
    is_provisional boolean not null,
    is_available boolean not null,
    unavailable_reason varchar(1000),
    contributor_count bigint not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, queue, slice, slice_value, cohort)
);
comment on table mart_rows.wait_summary is 'The wait of one cohort of one slice of one queue, read off the counts of mart.wait_curve. Quantiles are of leaving for any reason, which is not the same as being served: the smallest day by which so many had left, and where the curve lies level at exactly that share the middle of the level; intervals are read off the 95 % log-log bands in the same way. Whether figures are partial or provisional follows mart.wait_curve.';
comment on column mart_rows.wait_summary.force is 'Code of the force.';
comment on column mart_rows.wait_summary.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart_rows.wait_summary.queue_version is 'Version of the queue definition that was applied.';
comment on column mart_rows.wait_summary.item_unit is 'What the counts of this row count.';
comment on column mart_rows.wait_summary.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart_rows.wait_summary.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart_rows.wait_summary.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart_rows.wait_summary.cohort is 'As in mart.wait_curve.';
comment on column mart_rows.wait_summary.spell_count is 'Spells in the cohort. Unit: spells. Never add.';
comment on column mart_rows.wait_summary.left_count is 'Of these, ended by the business date. Unit: spells. Never add.';
comment on column mart_rows.wait_summary.still_waiting_count is 'Of these, still waiting (censored). Unit: spells. Never add.';
comment on column mart_rows.wait_summary.longest_observed_days is 'Longest wait observed, ended or not. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p25_days is 'A quarter had left by this day; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p25_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p25_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.median_days is 'Half had left by this day; null if not reached, never the last value. Unit: days. Never add.';
comment on column mart_rows.wait_summary.median_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.median_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p75_days is 'Three quarters had left by this day; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p75_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p75_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p90_days is 'Nine in ten had left by this day; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p90_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p90_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p95_days is 'Nineteen in twenty had left by this day; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p95_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.p95_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart_rows.wait_summary.restricted_mean_days is 'Mean wait when waits are cut at restricted_to_days: area under the curve. Unit: days. Never add.';
comment on column mart_rows.wait_summary.restricted_mean_standard_error is 'Its standard error. Unit: days. Never add.';
comment on column mart_rows.wait_summary.restricted_to_days is 'The horizon, 365 days. Unit: days. Never add.';
comment on column mart_rows.wait_summary.is_horizon_beyond_follow_up is 'True if the curve ends above 0 before the horizon: the restricted mean then extends its last value.';
comment on column mart_rows.wait_summary.curve_status is '''ok'', or what to know before reading the figures, joined by ''; '': ''nobody observed before day N: shares are of those still waiting then'', ''risk set empties on day N while later items enter: read only up to day N'', ''no exits''.';
comment on column mart_rows.wait_summary.completed_only_median_days is 'BIASED: plain median of ended waits only, as many reports print it. Beside the median to show the difference. Unit: days. Never add.';
comment on column mart_rows.wait_summary.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart_rows.wait_summary.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart_rows.wait_summary.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart_rows.wait_summary.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart_rows.wait_summary.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.wait_summary.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.wait_summary.release_id is 'Release that the row belongs to.';

create view mart.wait_summary as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
    r.is_total,
    r.cohort,
    r.spell_count,
    r.left_count,
    r.still_waiting_count,
    r.longest_observed_days,
    r.p25_days,
    r.p25_low_days,
    r.p25_high_days,
    r.median_days,
    r.median_low_days,
    r.median_high_days,
    r.p75_days,
    r.p75_low_days,
    r.p75_high_days,
    r.p90_days,
    r.p90_low_days,
    r.p90_high_days,
    r.p95_days,
    r.p95_low_days,
    r.p95_high_days,
    r.restricted_mean_days,
    r.restricted_mean_standard_error,
    r.restricted_to_days,
    r.is_horizon_beyond_follow_up,
    r.curve_status,
    r.completed_only_median_days,
    r.is_partial,
    r.is_provisional,
    r.is_available,
    r.unavailable_reason,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart_rows.wait_summary as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.wait_summary is 'The wait of one cohort of one slice of one queue, read off the counts of mart.wait_curve. Quantiles are of leaving for any reason, which is not the same as being served: the smallest day by which so many had left, and where the curve lies level at exactly that share the middle of the level; intervals are read off the 95 % log-log bands in the same way. Whether figures are partial or provisional follows mart.wait_curve.';
comment on column mart.wait_summary.force is 'Code of the force.';
comment on column mart.wait_summary.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column mart.wait_summary.queue_version is 'Version of the queue definition that was applied.';
comment on column mart.wait_summary.item_unit is 'What the counts of this row count.';
comment on column mart.wait_summary.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column mart.wait_summary.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column mart.wait_summary.is_total is 'True for the total over the queue. Slice rows are parts of it: never add totals and slices.';
comment on column mart.wait_summary.cohort is 'As in mart.wait_curve.';
comment on column mart.wait_summary.spell_count is 'Spells in the cohort. Unit: spells. Never add.';
comment on column mart.wait_summary.left_count is 'Of these, ended by the business date. Unit: spells. Never add.';
comment on column mart.wait_summary.still_waiting_count is 'Of these, still waiting (censored). Unit: spells. Never add.';
comment on column mart.wait_summary.longest_observed_days is 'Longest wait observed, ended or not. Unit: days. Never add.';
comment on column mart.wait_summary.p25_days is 'A quarter had left by this day; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p25_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p25_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.median_days is 'Half had left by this day; null if not reached, never the last value. Unit: days. Never add.';
comment on column mart.wait_summary.median_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.median_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p75_days is 'Three quarters had left by this day; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p75_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p75_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p90_days is 'Nine in ten had left by this day; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p90_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p90_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p95_days is 'Nineteen in twenty had left by this day; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p95_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.p95_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column mart.wait_summary.restricted_mean_days is 'Mean wait when waits are cut at restricted_to_days: area under the curve. Unit: days. Never add.';
comment on column mart.wait_summary.restricted_mean_standard_error is 'Its standard error. Unit: days. Never add.';
comment on column mart.wait_summary.restricted_to_days is 'The horizon, 365 days. Unit: days. Never add.';
comment on column mart.wait_summary.is_horizon_beyond_follow_up is 'True if the curve ends above 0 before the horizon: the restricted mean then extends its last value.';
comment on column mart.wait_summary.curve_status is '''ok'', or what to know before reading the figures, joined by ''; '': ''nobody observed before day N: shares are of those still waiting then'', ''risk set empties on day N while later items enter: read only up to day N'', ''no exits''.';
comment on column mart.wait_summary.completed_only_median_days is 'BIASED: plain median of ended waits only, as many reports print it. Beside the median to show the difference. Unit: days. Never add.';
comment on column mart.wait_summary.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.wait_summary.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.wait_summary.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.wait_summary.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.wait_summary.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.wait_summary.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.wait_summary.release_id is 'Release that the row belongs to.';
