-- What BI tools read: for every mart that is not restricted, views of which nothing is added up wrongly by accident, since such tools sum by default.
-- A mart with slices has a view of its totals, without the columns of the slices, and one of the slices (_by_slice); any other mart has one view of all its rows.
-- Columns and comments are those of the mart's YAML file. A view of mart that is made anew needs its views of bi, and the grants on all of them, made anew after it.
-- Schema bi and the roles are made by V0009. "day" is quoted because it is a keyword of H2.

create view bi.dim_date as
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
from mart.dim_date as r;
comment on view bi.dim_date is 'One local calendar day from the first event or judgement to the end of the financial year of the business date.';
comment on column bi.dim_date."day" is 'The day.';
comment on column bi.dim_date.calendar_year is 'Year.';
comment on column bi.dim_date.quarter_start_on is 'First day of the calendar quarter.';
comment on column bi.dim_date.month_start_on is 'First day of the month.';
comment on column bi.dim_date.week_start_on is 'Monday of the ISO week.';
comment on column bi.dim_date.iso_year is 'Year of the ISO week.';
comment on column bi.dim_date.iso_week is 'ISO week, 1 to 53.';
comment on column bi.dim_date.financial_year is 'Financial year from 1 April, such as 2015/16.';
comment on column bi.dim_date.day_of_week is '1 Monday to 7 Sunday.';
comment on column bi.dim_date.is_weekend is 'Saturday or Sunday.';
comment on column bi.dim_date.is_bank_holiday is 'From the force folder''s bank_holidays.csv; null where it has none for that year (unknown, not ''no'').';
comment on column bi.dim_date.release_id is 'Release that the row belongs to.';

create view bi.dim_queue as
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
from mart.dim_queue as r;
comment on view bi.dim_queue is 'One queue definition as it was applied.';
comment on column bi.dim_queue.force is 'Code of the force.';
comment on column bi.dim_queue.queue is 'Name.';
comment on column bi.dim_queue.queue_version is 'Version.';
comment on column bi.dim_queue.title is 'Name as people write it.';
comment on column bi.dim_queue.description is 'What the queue is.';
comment on column bi.dim_queue.item_unit is 'What it counts.';
comment on column bi.dim_queue.parent_queue is 'Queue of which this one is a stage; null if it is none. The stages of a queue add up to it: never add both.';
comment on column bi.dim_queue.entered_by is 'Events that open the first spell.';
comment on column bi.dim_queue.re_entered_by is 'Events that open a further spell, with reasons; ''-'' if none.';
comment on column bi.dim_queue.left_by is 'Events that close a spell and what the exit is called; ''*'' marks those that count as the work being done.';
comment on column bi.dim_queue.observed_from is 'First day from which the source is complete; null: from the first event.';
comment on column bi.dim_queue.data_as_at is 'Business date.';
comment on column bi.dim_queue.release_id is 'Release that the row belongs to.';

create view bi.dim_scheme as
select
    r.force,
    r.scheme,
    r.scheme_version,
    r.title,
    r.description,
    r.valid_from,
    r.grade,
    r.grade_rank,
    r.grade_count,
    r.data_as_at,
    r.release_id
from mart.dim_scheme as r;
comment on view bi.dim_scheme is 'One grade of one version of one grading scheme.';
comment on column bi.dim_scheme.force is 'Code of the force.';
comment on column bi.dim_scheme.scheme is 'Name of the scheme.';
comment on column bi.dim_scheme.scheme_version is 'Version of its list of grades.';
comment on column bi.dim_scheme.title is 'Name as people write it.';
comment on column bi.dim_scheme.description is 'Who grades what by it.';
comment on column bi.dim_scheme.valid_from is 'First day on which a judgement could be made by this version.';
comment on column bi.dim_scheme.grade is 'The grade. The same word in another version is another grade.';
comment on column bi.dim_scheme.grade_rank is 'Place in the list; 1 is best.';
comment on column bi.dim_scheme.grade_count is 'Grades in this version. Unit: grades. Never add.';
comment on column bi.dim_scheme.data_as_at is 'Business date.';
comment on column bi.dim_scheme.release_id is 'Release that the row belongs to.';

create view bi.dim_slice as
select
    r.force,
    r.queue,
    r.slice,
    r.slice_value,
    r.is_total,
    r.item_count,
    r.release_id
from mart.dim_slice as r;
comment on view bi.dim_slice is 'One value of one slice of one queue that occurs in the spells, and the total.';
comment on column bi.dim_slice.force is 'Code of the force.';
comment on column bi.dim_slice.queue is 'Queue definition.';
comment on column bi.dim_slice.slice is 'Attribute; ''all'' for the total.';
comment on column bi.dim_slice.slice_value is 'Value; ''all'' for the total.';
comment on column bi.dim_slice.is_total is 'True for the total.';
comment on column bi.dim_slice.item_count is 'Items that ever entered with this value. Unit: items. Never add.';
comment on column bi.dim_slice.release_id is 'Release that the row belongs to.';

create view bi.dim_standard as
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
from mart.dim_standard as r;
comment on view bi.dim_standard is 'One standard of one queue definition as it was applied: how soon an item should be served. Where several apply to an item, past_standard_count and due_next_7_days_count use the one with the lowest standard_order, and mart.wait_standard tells of each.';
comment on column bi.dim_standard.force is 'Code of the force.';
comment on column bi.dim_standard.queue is 'Queue definition.';
comment on column bi.dim_standard.queue_version is 'Its version.';
comment on column bi.dim_standard.standard is 'Name of the standard.';
comment on column bi.dim_standard.standard_order is 'Place among the standards of the queue, from 1.';
comment on column bi.dim_standard.title is 'Name as people write it.';
comment on column bi.dim_standard.within_hours is 'Elapsed hours that may pass from entering to leaving; null for a standard in days. Unit: hours. Never add.';
comment on column bi.dim_standard.within_days is 'Days that may pass between the dates of entering and leaving; null for a standard in hours. Unit: days. Never add.';
comment on column bi.dim_standard.applies_to is 'Slice values at entry to which it applies; ''every item'' if to all.';
comment on column bi.dim_standard.data_as_at is 'Business date.';
comment on column bi.dim_standard.release_id is 'Release that the row belongs to.';

create view bi.grading_agreement as
select
    r.force,
    r.scheme,
    r.scheme_version,
    r.theme,
    r.first_assessor,
    r.second_assessor,
    r.pair_count,
    r.unclear_case_count,
    r.agreed_count,
    r.first_better_count,
    r.second_better_count,
    r.agreed_share,
    r.expected_share,
    r.kappa,
    r.linear_kappa,
    r.quadratic_kappa,
    r.kappa_reason,
    r.first_judged_on,
    r.last_judged_on,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart.grading_agreement as r;
comment on view bi.grading_agreement is 'How far two assessors agree who judged the same cases in the same theme by the same scheme version, at any time up to the business date. Only cases that both judged count, each by the latest judgement of each assessor; tables of totals cannot show agreement and give no row. Kappa is Cohen''s, over the whole list of grades; 1 is perfect, 0 is what chance would give. It hangs on how often each grade is given: do not compare kappas of different populations.';
comment on column bi.grading_agreement.force is 'Code of the force.';
comment on column bi.grading_agreement.scheme is 'Grading scheme; see mart.dim_scheme.';
comment on column bi.grading_agreement.scheme_version is 'Version of its list of grades.';
comment on column bi.grading_agreement.theme is 'What about the cases is judged.';
comment on column bi.grading_agreement.first_assessor is 'The assessor whose name comes first.';
comment on column bi.grading_agreement.second_assessor is 'The other one.';
comment on column bi.grading_agreement.pair_count is 'Cases that both judged. Unit: cases. Never add.';
comment on column bi.grading_agreement.unclear_case_count is 'Cases left out because one of the two gave them different grades on its latest day. Unit: cases. Never add.';
comment on column bi.grading_agreement.agreed_count is 'Cases to which both gave the same grade. Unit: cases. Never add.';
comment on column bi.grading_agreement.first_better_count is 'Cases to which the first assessor gave the better grade. Unit: cases. Never add.';
comment on column bi.grading_agreement.second_better_count is 'Cases to which the second assessor gave the better grade. Unit: cases. Never add.';
comment on column bi.grading_agreement.agreed_share is 'agreed_count / pair_count; null where no case is left. Unit: share. Never add.';
comment on column bi.grading_agreement.expected_share is 'Share that chance would give, from how often each gives each grade; null where no case is left. Unit: share. Never add.';
comment on column bi.grading_agreement.kappa is 'Cohen''s kappa: every disagreement counts the same. Null with kappa_reason. Unit: kappa. Never add.';
comment on column bi.grading_agreement.linear_kappa is 'Weighted kappa: a disagreement counts by the number of grades between. Null with kappa_reason. Unit: kappa. Never add.';
comment on column bi.grading_agreement.quadratic_kappa is 'Weighted kappa: a disagreement counts by the square of it. Null with kappa_reason. Unit: kappa. Never add.';
comment on column bi.grading_agreement.kappa_reason is 'Why there is no kappa; null where there is one.';
comment on column bi.grading_agreement.first_judged_on is 'Earliest judgement that counts; null where no case is left.';
comment on column bi.grading_agreement.last_judged_on is 'Latest judgement that counts; null where no case is left.';
comment on column bi.grading_agreement.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.grading_agreement.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.grading_agreement.release_id is 'Release that the row belongs to.';

create view bi.grading_share as
select
    r.force,
    r.scheme,
    r.scheme_version,
    r.population,
    r.selection,
    r.theme,
    r.assessor,
    r.period_kind,
    r.period,
    r.period_start_on,
    r.period_end_on,
    r.grade,
    r.grade_rank,
    r.judgement_count,
    r.judgement_total_count,
    r.case_count,
    r.case_total_count,
    r.share,
    r.share_low,
    r.share_high,
    r.interval_reason,
    r.previous_period_start_on,
    r.previous_share,
    r.share_change,
    r.share_change_low,
    r.share_change_high,
    r.change_reason,
    r.stated_case_count,
    r.stated_difference_count,
    r.adds_up,
    r.is_partial,
    r.is_provisional,
    r.is_available,
    r.unavailable_reason,
    r.contributor_count,
    r.data_as_at,
    r.release_id
from mart.grading_share as r;
comment on view bi.grading_share is 'How often each grade was given, by scheme version, population, selection, theme, assessor and period. Every grade of the version has a row, with 0 where it was not given. Periods are calendar quarters and financial years: a force that judges some dozens of cases a year has nothing to say by month. Intervals and changes are given only where they mean something: the cases were selected at random or all taken, and the earlier period is of the same scheme version, population, selection, theme and assessor. Seven hand-picked cases say nothing of the others, and nothing of a change since seventy mixed ones. A null says why. Never add over themes, assessors, populations or schemes: the same cases may be behind them.';
comment on column bi.grading_share.force is 'Code of the force.';
comment on column bi.grading_share.scheme is 'Grading scheme; see mart.dim_scheme.';
comment on column bi.grading_share.scheme_version is 'Version of its list of grades. Shares of two versions cannot be compared.';
comment on column bi.grading_share.population is 'Cases from which the judged ones were taken, in the source''s words; ''(not recorded)'' where it does not say.';
comment on column bi.grading_share.selection is 'How they were taken: random, all, purposive (picked for a reason) or unknown.';
comment on column bi.grading_share.theme is 'What about the cases is judged; ''(not recorded)'' where the source does not say.';
comment on column bi.grading_share.assessor is 'Who judged; ''(not recorded)'' where the source does not say.';
comment on column bi.grading_share.period_kind is '''quarter'' or ''financial year'' (from April). The quarters are parts of the years: never add both.';
comment on column bi.grading_share.period is 'Name of the period, such as 2014 Q4 or 2014/15.';
comment on column bi.grading_share.period_start_on is 'First day of the period.';
comment on column bi.grading_share.period_end_on is 'Last day of the period.';
comment on column bi.grading_share.grade is 'The grade.';
comment on column bi.grading_share.grade_rank is 'Place of the grade in the list; 1 is best.';
comment on column bi.grading_share.judgement_count is 'Judgements that gave this grade; null if the source gives counts and this one is not known. Unit: judgements. Additive over time within one slice value.';
comment on column bi.grading_share.judgement_total_count is 'Judgements that gave any grade, the divisor of the share; null if one of the counts is not known. Unit: judgements. Never add.';
comment on column bi.grading_share.case_count is 'Distinct cases that got this grade; null where the source gives counts and not cases. Unit: cases. Never add.';
comment on column bi.grading_share.case_total_count is 'Distinct cases that got any grade; less than the judgements where a case was judged again. Null where the source gives counts and not cases. Unit: cases. Never add.';
comment on column bi.grading_share.share is 'judgement_count / judgement_total_count; null where that is 0 or not known. Unit: share. Never add.';
comment on column bi.grading_share.share_low is 'Lower end of the 95 % Wilson interval; 0 where nobody got the grade. Null with interval_reason. Unit: share. Never add.';
comment on column bi.grading_share.share_high is 'Upper end of it; 1 where all got the grade. Null with interval_reason. Unit: share. Never add.';
comment on column bi.grading_share.interval_reason is 'Why there is no interval, or no share; null where there is one.';
comment on column bi.grading_share.previous_period_start_on is 'First day of the last earlier period in which cases of the same scheme version, population, selection, theme and assessor were judged; null if there is none.';
comment on column bi.grading_share.previous_share is 'Share of the grade in that period. Null with change_reason. Unit: share. Never add.';
comment on column bi.grading_share.share_change is 'share - previous_share. Null with change_reason. Unit: share. Never add.';
comment on column bi.grading_share.share_change_low is 'Lower end of the 95 % interval of the change (Newcombe). An interval that holds 0 shows no evident change. Null with change_reason. Unit: share. Never add.';
comment on column bi.grading_share.share_change_high is 'Upper end of it. Null with change_reason. Unit: share. Never add.';
comment on column bi.grading_share.change_reason is 'Why there is no change; null where there is one.';
comment on column bi.grading_share.stated_case_count is 'Cases that the source says were judged in all; null where it does not say, or says different things. Unit: cases. Never add.';
comment on column bi.grading_share.stated_difference_count is 'judgement_total_count - stated_case_count; null where one of the two is null. Unit: judgements. Never add.';
comment on column bi.grading_share.adds_up is 'Whether that difference is 0. Where it is not, the parts are published as they are and not forced to the stated total. Null where it cannot be told.';
comment on column bi.grading_share.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.grading_share.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.grading_share.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.grading_share.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.grading_share.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.grading_share.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.grading_share.release_id is 'Release that the row belongs to.';

create view bi.open_age as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
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
from mart.open_age as r
where r.is_total;
comment on view bi.open_age is 'One age band of what waits in one slice of one queue at the end of each month and on the business date. Bands are half-open: 31-90 means older than 30 and not older than 90 days. Totals only.';
comment on column bi.open_age.force is 'Code of the force.';
comment on column bi.open_age.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.open_age.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.open_age.item_unit is 'What the counts of this row count.';
comment on column bi.open_age.as_of_on is 'End of day on which ages are taken.';
comment on column bi.open_age.age_band is 'Band as printed, such as 31-90 or 366+.';
comment on column bi.open_age.age_band_from_days is 'Youngest age in the band. Unit: days.';
comment on column bi.open_age.age_band_to_days is 'Oldest age in the band; null for the open band. Unit: days.';
comment on column bi.open_age.waiting_count is 'Items waiting whose age since first receipt is in the band. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.open_age.waiting_since_entry_count is 'Items waiting whose current stay, counted from the latest entry, is in the band. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.open_age.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.open_age.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.open_age.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.open_age.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.open_age.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.open_age.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.open_age.release_id is 'Release that the row belongs to.';

create view bi.open_age_by_slice as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
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
from mart.open_age as r
where not r.is_total;
comment on view bi.open_age_by_slice is 'One age band of what waits in one slice of one queue at the end of each month and on the business date. Bands are half-open: 31-90 means older than 30 and not older than 90 days. Slices only. Every slice divides the same total: choose one slice, never add over slices.';
comment on column bi.open_age_by_slice.force is 'Code of the force.';
comment on column bi.open_age_by_slice.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.open_age_by_slice.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.open_age_by_slice.item_unit is 'What the counts of this row count.';
comment on column bi.open_age_by_slice.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column bi.open_age_by_slice.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column bi.open_age_by_slice.as_of_on is 'End of day on which ages are taken.';
comment on column bi.open_age_by_slice.age_band is 'Band as printed, such as 31-90 or 366+.';
comment on column bi.open_age_by_slice.age_band_from_days is 'Youngest age in the band. Unit: days.';
comment on column bi.open_age_by_slice.age_band_to_days is 'Oldest age in the band; null for the open band. Unit: days.';
comment on column bi.open_age_by_slice.waiting_count is 'Items waiting whose age since first receipt is in the band. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.open_age_by_slice.waiting_since_entry_count is 'Items waiting whose current stay, counted from the latest entry, is in the band. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.open_age_by_slice.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.open_age_by_slice.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.open_age_by_slice.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.open_age_by_slice.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.open_age_by_slice.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.open_age_by_slice.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.open_age_by_slice.release_id is 'Release that the row belongs to.';

create view bi.published_fact as
select
    r.force,
    r.fact,
    r.quote,
    r.operator,
    r.stated_from,
    r.stated_to,
    r.about_share,
    r.unit,
    r.as_of_from_on,
    r.as_of_to_on,
    r.clock_start,
    r.population,
    r.definition,
    r.body_count,
    r.fact_source,
    r.is_by_construction,
    r.our_value,
    r.our_lowest,
    r.our_highest,
    r.our_value_count,
    r.verdict,
    r.difference,
    r.reason,
    r.data_as_at,
    r.release_id
from mart.published_fact as r;
comment on view bi.published_fact is 'A figure that somebody has published, stated no sharper than it is, with ours beside it. The window says on which days the published figure may have been taken; of the values that ours took in it the closest is compared, so ''equal'' means that some day of the window fits, not that the same day was meant. A match where the data was made to match says ''by construction'' and proves nothing. One figure that matches says nothing of another.';
comment on column bi.published_fact.force is 'Code of the force.';
comment on column bi.published_fact.fact is 'Name of the fact.';
comment on column bi.published_fact.quote is 'The words in which it was published.';
comment on column bi.published_fact.operator is 'What the words say of the figure: =, >, >=, < or about.';
comment on column bi.published_fact.stated_from is 'The published figure, or the lower end of the range. Never add.';
comment on column bi.published_fact.stated_to is 'The same figure, or the upper end of the range. Never add.';
comment on column bi.published_fact.about_share is 'Share of the figure by which ours may differ and still be about it; null where the operator is not about, or the figure is a range. Unit: share. Never add.';
comment on column bi.published_fact.unit is 'What the figures count or measure.';
comment on column bi.published_fact.as_of_from_on is 'First day to which the words can refer.';
comment on column bi.published_fact.as_of_to_on is 'Last day to which the words can refer.';
comment on column bi.published_fact.clock_start is 'For durations: the event from which time is counted; null for others.';
comment on column bi.published_fact.population is 'What is counted among what, as far as the words say.';
comment on column bi.published_fact.definition is 'How the publisher counts, as far as the words say, and what is left open.';
comment on column bi.published_fact.body_count is 'Forces or bodies behind the published figure. Unit: forces or bodies. Never add.';
comment on column bi.published_fact.fact_source is 'Where it was published.';
comment on column bi.published_fact.is_by_construction is 'Whether the data was made to match.';
comment on column bi.published_fact.our_value is 'Of the values that ours took in the window, the one closest to the published figure; null if not comparable. Never add.';
comment on column bi.published_fact.our_lowest is 'The lowest of these values; null if not comparable. Never add.';
comment on column bi.published_fact.our_highest is 'The highest of these values; null if not comparable. Never add.';
comment on column bi.published_fact.our_value_count is 'How many values ours took in the window, such as one per day; 0 if not comparable. Unit: values. Never add.';
comment on column bi.published_fact.verdict is '''equal'', ''within bound'' (it meets a range, a bound or an ''about''), ''differs by'', ''not comparable'', or ''by construction'' in place of the first two.';
comment on column bi.published_fact.difference is 'our_value less the nearest figure that would have met the words; 0 where they are met, null if not comparable. Never add.';
comment on column bi.published_fact.reason is 'The verdict in words; for ''not comparable'' why.';
comment on column bi.published_fact.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.published_fact.release_id is 'Release that the row belongs to.';

create view bi.queue_daily as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
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
from mart.queue_daily as r
where r.is_total;
comment on view bi.queue_daily is 'One day of one slice of one queue, without gaps from the first day observed to the business date. waiting = opening + received + reentered - left, exactly. An item that enters and leaves on one day counts in both flows. Totals only.';
comment on column bi.queue_daily.force is 'Code of the force.';
comment on column bi.queue_daily.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.queue_daily.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.queue_daily.item_unit is 'What the counts of this row count.';
comment on column bi.queue_daily."day" is 'Local calendar day.';
comment on column bi.queue_daily.opening_count is 'Waiting when the day began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_daily.received_count is 'First spells that began on the day. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_daily.reentered_count is 'Further spells that began on the day. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_daily.left_count is 'Spells that ended on the day, for any reason. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_daily.waiting_count is 'Waiting when the day ended, late or not. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_daily.past_standard_count is 'Of what waits when the day ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_daily.due_next_7_days_count is 'Of what waits when the day ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_daily.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column bi.queue_daily.oldest_wait_days is 'Longest current stay of an item waiting, counted from its latest entry; null if none waits. Unit: days. Never add.';
comment on column bi.queue_daily.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.queue_daily.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.queue_daily.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.queue_daily.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.queue_daily.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.queue_daily.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.queue_daily.release_id is 'Release that the row belongs to.';

create view bi.queue_daily_by_slice as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
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
from mart.queue_daily as r
where not r.is_total;
comment on view bi.queue_daily_by_slice is 'One day of one slice of one queue, without gaps from the first day observed to the business date. waiting = opening + received + reentered - left, exactly. An item that enters and leaves on one day counts in both flows. Slices only. Every slice divides the same total: choose one slice, never add over slices.';
comment on column bi.queue_daily_by_slice.force is 'Code of the force.';
comment on column bi.queue_daily_by_slice.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.queue_daily_by_slice.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.queue_daily_by_slice.item_unit is 'What the counts of this row count.';
comment on column bi.queue_daily_by_slice.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column bi.queue_daily_by_slice.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column bi.queue_daily_by_slice."day" is 'Local calendar day.';
comment on column bi.queue_daily_by_slice.opening_count is 'Waiting when the day began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_daily_by_slice.received_count is 'First spells that began on the day. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_daily_by_slice.reentered_count is 'Further spells that began on the day. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_daily_by_slice.left_count is 'Spells that ended on the day, for any reason. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_daily_by_slice.waiting_count is 'Waiting when the day ended, late or not. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_daily_by_slice.past_standard_count is 'Of what waits when the day ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_daily_by_slice.due_next_7_days_count is 'Of what waits when the day ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_daily_by_slice.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column bi.queue_daily_by_slice.oldest_wait_days is 'Longest current stay of an item waiting, counted from its latest entry; null if none waits. Unit: days. Never add.';
comment on column bi.queue_daily_by_slice.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.queue_daily_by_slice.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.queue_daily_by_slice.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.queue_daily_by_slice.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.queue_daily_by_slice.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.queue_daily_by_slice.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.queue_daily_by_slice.release_id is 'Release that the row belongs to.';

create view bi.queue_exit as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
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
from mart.queue_exit as r
where r.is_total;
comment on view bi.queue_exit is 'One reason for leaving in one calendar month of one slice of one queue. Every reason of the definition has a row in every month, with 0 where none left. Totals only.';
comment on column bi.queue_exit.force is 'Code of the force.';
comment on column bi.queue_exit.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.queue_exit.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.queue_exit.item_unit is 'What the counts of this row count.';
comment on column bi.queue_exit.month_start_on is 'First day of the month.';
comment on column bi.queue_exit.measured_to_on is 'Last day that is counted.';
comment on column bi.queue_exit.exit_reason is 'How the items left, as the queue definition calls it.';
comment on column bi.queue_exit.is_served is 'Whether this exit means that the work was done.';
comment on column bi.queue_exit.left_count is 'Spells that ended so in the month. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_exit.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.queue_exit.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.queue_exit.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.queue_exit.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.queue_exit.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.queue_exit.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.queue_exit.release_id is 'Release that the row belongs to.';

create view bi.queue_exit_by_slice as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
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
from mart.queue_exit as r
where not r.is_total;
comment on view bi.queue_exit_by_slice is 'One reason for leaving in one calendar month of one slice of one queue. Every reason of the definition has a row in every month, with 0 where none left. Slices only. Every slice divides the same total: choose one slice, never add over slices.';
comment on column bi.queue_exit_by_slice.force is 'Code of the force.';
comment on column bi.queue_exit_by_slice.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.queue_exit_by_slice.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.queue_exit_by_slice.item_unit is 'What the counts of this row count.';
comment on column bi.queue_exit_by_slice.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column bi.queue_exit_by_slice.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column bi.queue_exit_by_slice.month_start_on is 'First day of the month.';
comment on column bi.queue_exit_by_slice.measured_to_on is 'Last day that is counted.';
comment on column bi.queue_exit_by_slice.exit_reason is 'How the items left, as the queue definition calls it.';
comment on column bi.queue_exit_by_slice.is_served is 'Whether this exit means that the work was done.';
comment on column bi.queue_exit_by_slice.left_count is 'Spells that ended so in the month. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_exit_by_slice.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.queue_exit_by_slice.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.queue_exit_by_slice.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.queue_exit_by_slice.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.queue_exit_by_slice.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.queue_exit_by_slice.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.queue_exit_by_slice.release_id is 'Release that the row belongs to.';

create view bi.queue_monthly as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
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
from mart.queue_monthly as r
where r.is_total;
comment on view bi.queue_monthly is 'One calendar month of one slice of one queue, the last one up to the business date (is_partial). Ages are those of the items waiting when the month ended: another population than the waits in mart.wait_summary. Totals only.';
comment on column bi.queue_monthly.force is 'Code of the force.';
comment on column bi.queue_monthly.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.queue_monthly.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.queue_monthly.item_unit is 'What the counts of this row count.';
comment on column bi.queue_monthly.month_start_on is 'First day of the month.';
comment on column bi.queue_monthly.month_end_on is 'Last day of the month.';
comment on column bi.queue_monthly.measured_to_on is 'Last day that is counted: month end or business date.';
comment on column bi.queue_monthly.opening_count is 'Waiting when the month began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_monthly.received_count is 'First spells that began in the month. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_monthly.reentered_count is 'Further spells that began in the month. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_monthly.left_count is 'Spells that ended in the month, for any reason. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_monthly.served_count is 'Of these, spells that ended because the work was done. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_monthly.waiting_count is 'Waiting when the month ended. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_monthly.past_standard_count is 'Of what waits when the month ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_monthly.due_next_7_days_count is 'Of what waits when the month ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_monthly.left_per_inflow is 'left / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column bi.queue_monthly.served_per_inflow is 'served / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column bi.queue_monthly.weeks_of_work_left is 'waiting / weekly left over the trailing 91 days; null with less history or none left. Unit: weeks. Never add.';
comment on column bi.queue_monthly.weeks_of_work_served is 'waiting / weekly served over the trailing 91 days; null with less history or none served. Unit: weeks. Never add.';
comment on column bi.queue_monthly.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column bi.queue_monthly.oldest_wait_days is 'Longest current stay of an item waiting, from its latest entry; null if none waits. Unit: days. Never add.';
comment on column bi.queue_monthly.waiting_age_median_days is 'Median age since first receipt of what is waiting; not the median wait. Null if none waits. Unit: days. Never add.';
comment on column bi.queue_monthly.waiting_age_mean_days is 'Mean age since first receipt of what is waiting. Null if none waits. Unit: days. Never add.';
comment on column bi.queue_monthly.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.queue_monthly.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.queue_monthly.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.queue_monthly.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.queue_monthly.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.queue_monthly.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.queue_monthly.release_id is 'Release that the row belongs to.';

create view bi.queue_monthly_by_slice as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
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
from mart.queue_monthly as r
where not r.is_total;
comment on view bi.queue_monthly_by_slice is 'One calendar month of one slice of one queue, the last one up to the business date (is_partial). Ages are those of the items waiting when the month ended: another population than the waits in mart.wait_summary. Slices only. Every slice divides the same total: choose one slice, never add over slices.';
comment on column bi.queue_monthly_by_slice.force is 'Code of the force.';
comment on column bi.queue_monthly_by_slice.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.queue_monthly_by_slice.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.queue_monthly_by_slice.item_unit is 'What the counts of this row count.';
comment on column bi.queue_monthly_by_slice.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column bi.queue_monthly_by_slice.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column bi.queue_monthly_by_slice.month_start_on is 'First day of the month.';
comment on column bi.queue_monthly_by_slice.month_end_on is 'Last day of the month.';
comment on column bi.queue_monthly_by_slice.measured_to_on is 'Last day that is counted: month end or business date.';
comment on column bi.queue_monthly_by_slice.opening_count is 'Waiting when the month began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_monthly_by_slice.received_count is 'First spells that began in the month. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_monthly_by_slice.reentered_count is 'Further spells that began in the month. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_monthly_by_slice.left_count is 'Spells that ended in the month, for any reason. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_monthly_by_slice.served_count is 'Of these, spells that ended because the work was done. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_monthly_by_slice.waiting_count is 'Waiting when the month ended. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_monthly_by_slice.past_standard_count is 'Of what waits when the month ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_monthly_by_slice.due_next_7_days_count is 'Of what waits when the month ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_monthly_by_slice.left_per_inflow is 'left / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column bi.queue_monthly_by_slice.served_per_inflow is 'served / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column bi.queue_monthly_by_slice.weeks_of_work_left is 'waiting / weekly left over the trailing 91 days; null with less history or none left. Unit: weeks. Never add.';
comment on column bi.queue_monthly_by_slice.weeks_of_work_served is 'waiting / weekly served over the trailing 91 days; null with less history or none served. Unit: weeks. Never add.';
comment on column bi.queue_monthly_by_slice.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column bi.queue_monthly_by_slice.oldest_wait_days is 'Longest current stay of an item waiting, from its latest entry; null if none waits. Unit: days. Never add.';
comment on column bi.queue_monthly_by_slice.waiting_age_median_days is 'Median age since first receipt of what is waiting; not the median wait. Null if none waits. Unit: days. Never add.';
comment on column bi.queue_monthly_by_slice.waiting_age_mean_days is 'Mean age since first receipt of what is waiting. Null if none waits. Unit: days. Never add.';
comment on column bi.queue_monthly_by_slice.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.queue_monthly_by_slice.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.queue_monthly_by_slice.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.queue_monthly_by_slice.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.queue_monthly_by_slice.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.queue_monthly_by_slice.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.queue_monthly_by_slice.release_id is 'Release that the row belongs to.';

create view bi.queue_weekly as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
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
from mart.queue_weekly as r
where r.is_total;
comment on view bi.queue_weekly is 'One ISO week, Monday to Sunday, of one slice of one queue, the last one up to the business date (is_partial). Ages are those of the items waiting when the week ended: another population than the waits in mart.wait_summary. For charts over time take the flows of whole weeks and not the stock, which wanders without any cause. Totals only.';
comment on column bi.queue_weekly.force is 'Code of the force.';
comment on column bi.queue_weekly.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.queue_weekly.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.queue_weekly.item_unit is 'What the counts of this row count.';
comment on column bi.queue_weekly.week_start_on is 'Monday of the week.';
comment on column bi.queue_weekly.week_end_on is 'Sunday of the week.';
comment on column bi.queue_weekly.iso_year is 'Year that the week belongs to: that of its Thursday.';
comment on column bi.queue_weekly.iso_week is 'Number of the week in that year, 1 to 53.';
comment on column bi.queue_weekly.measured_to_on is 'Last day that is counted: Sunday or business date.';
comment on column bi.queue_weekly.opening_count is 'Waiting when the week began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_weekly.received_count is 'First spells that began in the week. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_weekly.reentered_count is 'Further spells that began in the week. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_weekly.left_count is 'Spells that ended in the week, for any reason. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_weekly.served_count is 'Of these, spells that ended because the work was done. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_weekly.waiting_count is 'Waiting when the week ended. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_weekly.past_standard_count is 'Of what waits when the week ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_weekly.due_next_7_days_count is 'Of what waits when the week ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_weekly.left_per_inflow is 'left / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column bi.queue_weekly.served_per_inflow is 'served / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column bi.queue_weekly.weeks_of_work_left is 'waiting / weekly left over the trailing 91 days; null with less history or none left. Unit: weeks. Never add.';
comment on column bi.queue_weekly.weeks_of_work_served is 'waiting / weekly served over the trailing 91 days; null with less history or none served. Unit: weeks. Never add.';
comment on column bi.queue_weekly.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column bi.queue_weekly.oldest_wait_days is 'Longest current stay of an item waiting, from its latest entry; null if none waits. Unit: days. Never add.';
comment on column bi.queue_weekly.waiting_age_median_days is 'Median age since first receipt of what is waiting; not the median wait. Null if none waits. Unit: days. Never add.';
comment on column bi.queue_weekly.waiting_age_mean_days is 'Mean age since first receipt of what is waiting. Null if none waits. Unit: days. Never add.';
comment on column bi.queue_weekly.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.queue_weekly.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.queue_weekly.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.queue_weekly.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.queue_weekly.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.queue_weekly.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.queue_weekly.release_id is 'Release that the row belongs to.';

create view bi.queue_weekly_by_slice as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
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
from mart.queue_weekly as r
where not r.is_total;
comment on view bi.queue_weekly_by_slice is 'One ISO week, Monday to Sunday, of one slice of one queue, the last one up to the business date (is_partial). Ages are those of the items waiting when the week ended: another population than the waits in mart.wait_summary. For charts over time take the flows of whole weeks and not the stock, which wanders without any cause. Slices only. Every slice divides the same total: choose one slice, never add over slices.';
comment on column bi.queue_weekly_by_slice.force is 'Code of the force.';
comment on column bi.queue_weekly_by_slice.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.queue_weekly_by_slice.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.queue_weekly_by_slice.item_unit is 'What the counts of this row count.';
comment on column bi.queue_weekly_by_slice.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column bi.queue_weekly_by_slice.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column bi.queue_weekly_by_slice.week_start_on is 'Monday of the week.';
comment on column bi.queue_weekly_by_slice.week_end_on is 'Sunday of the week.';
comment on column bi.queue_weekly_by_slice.iso_year is 'Year that the week belongs to: that of its Thursday.';
comment on column bi.queue_weekly_by_slice.iso_week is 'Number of the week in that year, 1 to 53.';
comment on column bi.queue_weekly_by_slice.measured_to_on is 'Last day that is counted: Sunday or business date.';
comment on column bi.queue_weekly_by_slice.opening_count is 'Waiting when the week began. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_weekly_by_slice.received_count is 'First spells that began in the week. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_weekly_by_slice.reentered_count is 'Further spells that began in the week. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_weekly_by_slice.left_count is 'Spells that ended in the week, for any reason. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_weekly_by_slice.served_count is 'Of these, spells that ended because the work was done. Unit: items. Additive over time within one slice value.';
comment on column bi.queue_weekly_by_slice.waiting_count is 'Waiting when the week ended. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_weekly_by_slice.past_standard_count is 'Of what waits when the week ended, past the first standard that applies to it, counted from its latest entry; where only dates are known, only what is past it for certain. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_weekly_by_slice.due_next_7_days_count is 'Of what waits when the week ended, not past its standard, but past it by the end of the seventh day after unless it leaves. Null if the queue has no standard for such items. Unit: items. Last value only: add over slice values of one day, never over time.';
comment on column bi.queue_weekly_by_slice.left_per_inflow is 'left / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column bi.queue_weekly_by_slice.served_per_inflow is 'served / (received + reentered); null if nothing came in. Unit: ratio. Never add.';
comment on column bi.queue_weekly_by_slice.weeks_of_work_left is 'waiting / weekly left over the trailing 91 days; null with less history or none left. Unit: weeks. Never add.';
comment on column bi.queue_weekly_by_slice.weeks_of_work_served is 'waiting / weekly served over the trailing 91 days; null with less history or none served. Unit: weeks. Never add.';
comment on column bi.queue_weekly_by_slice.oldest_age_days is 'Age since first receipt of the oldest item waiting; null if none waits. Unit: days. Never add.';
comment on column bi.queue_weekly_by_slice.oldest_wait_days is 'Longest current stay of an item waiting, from its latest entry; null if none waits. Unit: days. Never add.';
comment on column bi.queue_weekly_by_slice.waiting_age_median_days is 'Median age since first receipt of what is waiting; not the median wait. Null if none waits. Unit: days. Never add.';
comment on column bi.queue_weekly_by_slice.waiting_age_mean_days is 'Mean age since first receipt of what is waiting. Null if none waits. Unit: days. Never add.';
comment on column bi.queue_weekly_by_slice.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.queue_weekly_by_slice.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.queue_weekly_by_slice.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.queue_weekly_by_slice.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.queue_weekly_by_slice.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.queue_weekly_by_slice.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.queue_weekly_by_slice.release_id is 'Release that the row belongs to.';

create view bi.wait_curve as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
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
from mart.wait_curve as r
where r.is_total;
comment on view bi.wait_curve is 'The share still waiting by day of wait (Kaplan-Meier; items still waiting are censored, items that were waiting when observation began enter late), and for each exit reason the cumulative share that left so (Aalen-Johansen). Rows stand on days 0, 7, 14, 28, 30, 60, 90, 180, 365, 730 and 1095 as far as observed, and on every day on which an item entered observation late, left or was last seen waiting; between rows the shares stay as they are. Days run from the entry of the spell. Every reason of the queue definition has rows, with 0 where nobody left so. Spells that ended before observation began are not in any cohort. Only what is fixed at entry makes a cohort or a slice. Cohorts overlap: the financial years are parts of ''first entries''. is_partial is always false: a cohort may still grow, and what waits is censored. is_provisional is true if a spell of the cohort was observed within the queue''s provisional days. Read mart.wait_summary.curve_status first. Totals only.';
comment on column bi.wait_curve.force is 'Code of the force.';
comment on column bi.wait_curve.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.wait_curve.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.wait_curve.item_unit is 'What the counts of this row count.';
comment on column bi.wait_curve.cohort is '''first entries'', ''re-entries'', or ''first entries YYYY/YY'' (financial year of entry).';
comment on column bi.wait_curve.exit_reason is '''all'' for leaving for any reason; otherwise one reason.';
comment on column bi.wait_curve.wait_days is 'Day of wait; the day of entry is 0. Unit: days.';
comment on column bi.wait_curve.at_risk_count is 'Items under observation and waiting at the start of that day of wait, those that entered or left on it included; the same for every reason. Unit: items. Never add.';
comment on column bi.wait_curve.left_count is 'Items that left on that day of wait for the reason; rows ''all'' are the sum of the reasons. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_curve.censored_count is 'Items last seen waiting on that day of wait, after those that left on it; the same for every reason. Unit: items. Never add.';
comment on column bi.wait_curve.still_waiting_share is 'Share whose wait exceeds the day; on rows of one reason null. Unit: share. Never add.';
comment on column bi.wait_curve.still_waiting_low is 'Lower end of the 95 % log-log interval; null at 0 and 1 and on rows of one reason. Unit: share. Never add.';
comment on column bi.wait_curve.still_waiting_high is 'Upper end of it; null with the lower. Unit: share. Never add.';
comment on column bi.wait_curve.still_waiting_standard_error is 'Greenwood; null where the share is 0 and on rows of one reason. Unit: share. Never add.';
comment on column bi.wait_curve.left_share is 'Share that has left for the reason by the day, in the presence of the other reasons; the shares of all reasons add up to 1 - still_waiting_share, which is that of ''all''. Unit: share. Never add.';
comment on column bi.wait_curve.left_share_standard_error is 'Square root of the Aalen-Johansen variance; 0 while nobody left so; null on rows ''all'', whose error is that of still_waiting_share. Unit: share. Never add.';
comment on column bi.wait_curve.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.wait_curve.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.wait_curve.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.wait_curve.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.wait_curve.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.wait_curve.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.wait_curve.release_id is 'Release that the row belongs to.';

create view bi.wait_curve_by_slice as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
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
from mart.wait_curve as r
where not r.is_total;
comment on view bi.wait_curve_by_slice is 'The share still waiting by day of wait (Kaplan-Meier; items still waiting are censored, items that were waiting when observation began enter late), and for each exit reason the cumulative share that left so (Aalen-Johansen). Rows stand on days 0, 7, 14, 28, 30, 60, 90, 180, 365, 730 and 1095 as far as observed, and on every day on which an item entered observation late, left or was last seen waiting; between rows the shares stay as they are. Days run from the entry of the spell. Every reason of the queue definition has rows, with 0 where nobody left so. Spells that ended before observation began are not in any cohort. Only what is fixed at entry makes a cohort or a slice. Cohorts overlap: the financial years are parts of ''first entries''. is_partial is always false: a cohort may still grow, and what waits is censored. is_provisional is true if a spell of the cohort was observed within the queue''s provisional days. Read mart.wait_summary.curve_status first. Slices only. Every slice divides the same total: choose one slice, never add over slices.';
comment on column bi.wait_curve_by_slice.force is 'Code of the force.';
comment on column bi.wait_curve_by_slice.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.wait_curve_by_slice.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.wait_curve_by_slice.item_unit is 'What the counts of this row count.';
comment on column bi.wait_curve_by_slice.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column bi.wait_curve_by_slice.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column bi.wait_curve_by_slice.cohort is '''first entries'', ''re-entries'', or ''first entries YYYY/YY'' (financial year of entry).';
comment on column bi.wait_curve_by_slice.exit_reason is '''all'' for leaving for any reason; otherwise one reason.';
comment on column bi.wait_curve_by_slice.wait_days is 'Day of wait; the day of entry is 0. Unit: days.';
comment on column bi.wait_curve_by_slice.at_risk_count is 'Items under observation and waiting at the start of that day of wait, those that entered or left on it included; the same for every reason. Unit: items. Never add.';
comment on column bi.wait_curve_by_slice.left_count is 'Items that left on that day of wait for the reason; rows ''all'' are the sum of the reasons. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_curve_by_slice.censored_count is 'Items last seen waiting on that day of wait, after those that left on it; the same for every reason. Unit: items. Never add.';
comment on column bi.wait_curve_by_slice.still_waiting_share is 'Share whose wait exceeds the day; on rows of one reason null. Unit: share. Never add.';
comment on column bi.wait_curve_by_slice.still_waiting_low is 'Lower end of the 95 % log-log interval; null at 0 and 1 and on rows of one reason. Unit: share. Never add.';
comment on column bi.wait_curve_by_slice.still_waiting_high is 'Upper end of it; null with the lower. Unit: share. Never add.';
comment on column bi.wait_curve_by_slice.still_waiting_standard_error is 'Greenwood; null where the share is 0 and on rows of one reason. Unit: share. Never add.';
comment on column bi.wait_curve_by_slice.left_share is 'Share that has left for the reason by the day, in the presence of the other reasons; the shares of all reasons add up to 1 - still_waiting_share, which is that of ''all''. Unit: share. Never add.';
comment on column bi.wait_curve_by_slice.left_share_standard_error is 'Square root of the Aalen-Johansen variance; 0 while nobody left so; null on rows ''all'', whose error is that of still_waiting_share. Unit: share. Never add.';
comment on column bi.wait_curve_by_slice.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.wait_curve_by_slice.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.wait_curve_by_slice.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.wait_curve_by_slice.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.wait_curve_by_slice.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.wait_curve_by_slice.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.wait_curve_by_slice.release_id is 'Release that the row belongs to.';

create view bi.wait_standard as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
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
from mart.wait_standard as r
where r.is_total;
comment on view bi.wait_standard is 'How the items that first entered in a month fared against one standard. Only items whose deadline has passed by the business date are counted as due, whatever became of them; counting quick successes before their deadline would flatter the latest months. A month has a row where an item entered to which the standard applies. The share met lies between share_low and share_high, which differ where only dates are known and the hours cannot be told. Re-entries, and items that had entered before observation began, are not here. Totals only.';
comment on column bi.wait_standard.force is 'Code of the force.';
comment on column bi.wait_standard.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.wait_standard.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.wait_standard.item_unit is 'What the counts of this row count.';
comment on column bi.wait_standard.standard is 'Name of the standard; see mart.dim_standard.';
comment on column bi.wait_standard.month_start_on is 'First day of the month of entry.';
comment on column bi.wait_standard.received_count is 'Items that entered in the month and to which the standard applies: due + not yet due. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard.due_count is 'Of these, items whose deadline has passed: met + failed + left unseen + unknown. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard.met_count is 'Served within the standard. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard.failed_count is 'Waiting beyond the standard, or left later than it. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard.left_unseen_count is 'Left within the standard, but not because the work was done. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard.unknown_count is 'Left on a day on which, without the time of day, within the standard cannot be told from later. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard.not_yet_due_count is 'Items whose deadline has not passed for certain, already served or not. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard.share_low is 'met / due: the share met if none of the unknown ones was. Null if none is due. Unit: share. Never add.';
comment on column bi.wait_standard.share_high is '(met + unknown) / due: the share met if all of the unknown ones were. Null if none is due. Unit: share. Never add.';
comment on column bi.wait_standard.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.wait_standard.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.wait_standard.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.wait_standard.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.wait_standard.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.wait_standard.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.wait_standard.release_id is 'Release that the row belongs to.';

create view bi.wait_standard_by_slice as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
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
from mart.wait_standard as r
where not r.is_total;
comment on view bi.wait_standard_by_slice is 'How the items that first entered in a month fared against one standard. Only items whose deadline has passed by the business date are counted as due, whatever became of them; counting quick successes before their deadline would flatter the latest months. A month has a row where an item entered to which the standard applies. The share met lies between share_low and share_high, which differ where only dates are known and the hours cannot be told. Re-entries, and items that had entered before observation began, are not here. Slices only. Every slice divides the same total: choose one slice, never add over slices.';
comment on column bi.wait_standard_by_slice.force is 'Code of the force.';
comment on column bi.wait_standard_by_slice.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.wait_standard_by_slice.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.wait_standard_by_slice.item_unit is 'What the counts of this row count.';
comment on column bi.wait_standard_by_slice.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column bi.wait_standard_by_slice.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column bi.wait_standard_by_slice.standard is 'Name of the standard; see mart.dim_standard.';
comment on column bi.wait_standard_by_slice.month_start_on is 'First day of the month of entry.';
comment on column bi.wait_standard_by_slice.received_count is 'Items that entered in the month and to which the standard applies: due + not yet due. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard_by_slice.due_count is 'Of these, items whose deadline has passed: met + failed + left unseen + unknown. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard_by_slice.met_count is 'Served within the standard. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard_by_slice.failed_count is 'Waiting beyond the standard, or left later than it. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard_by_slice.left_unseen_count is 'Left within the standard, but not because the work was done. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard_by_slice.unknown_count is 'Left on a day on which, without the time of day, within the standard cannot be told from later. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard_by_slice.not_yet_due_count is 'Items whose deadline has not passed for certain, already served or not. Unit: items. Additive over time within one slice value.';
comment on column bi.wait_standard_by_slice.share_low is 'met / due: the share met if none of the unknown ones was. Null if none is due. Unit: share. Never add.';
comment on column bi.wait_standard_by_slice.share_high is '(met + unknown) / due: the share met if all of the unknown ones were. Null if none is due. Unit: share. Never add.';
comment on column bi.wait_standard_by_slice.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.wait_standard_by_slice.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.wait_standard_by_slice.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.wait_standard_by_slice.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.wait_standard_by_slice.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.wait_standard_by_slice.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.wait_standard_by_slice.release_id is 'Release that the row belongs to.';

create view bi.wait_summary as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
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
from mart.wait_summary as r
where r.is_total;
comment on view bi.wait_summary is 'The wait of one cohort of one slice of one queue, read off the counts of mart.wait_curve. Quantiles are of leaving for any reason, which is not the same as being served: the smallest day by which so many had left, and where the curve lies level at exactly that share the middle of the level; intervals are read off the 95 % log-log bands in the same way. Whether figures are partial or provisional follows mart.wait_curve. Totals only.';
comment on column bi.wait_summary.force is 'Code of the force.';
comment on column bi.wait_summary.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.wait_summary.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.wait_summary.item_unit is 'What the counts of this row count.';
comment on column bi.wait_summary.cohort is 'As in mart.wait_curve.';
comment on column bi.wait_summary.spell_count is 'Spells in the cohort. Unit: spells. Never add.';
comment on column bi.wait_summary.left_count is 'Of these, ended by the business date. Unit: spells. Never add.';
comment on column bi.wait_summary.still_waiting_count is 'Of these, still waiting (censored). Unit: spells. Never add.';
comment on column bi.wait_summary.longest_observed_days is 'Longest wait observed, ended or not. Unit: days. Never add.';
comment on column bi.wait_summary.p25_days is 'A quarter had left by this day; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p25_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p25_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.median_days is 'Half had left by this day; null if not reached, never the last value. Unit: days. Never add.';
comment on column bi.wait_summary.median_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.median_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p75_days is 'Three quarters had left by this day; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p75_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p75_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p90_days is 'Nine in ten had left by this day; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p90_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p90_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p95_days is 'Nineteen in twenty had left by this day; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p95_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.p95_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary.restricted_mean_days is 'Mean wait when waits are cut at restricted_to_days: area under the curve. Unit: days. Never add.';
comment on column bi.wait_summary.restricted_mean_standard_error is 'Its standard error; null where nobody left, since then nothing is known of it. Unit: days. Never add.';
comment on column bi.wait_summary.restricted_to_days is 'The horizon, 365 days. Unit: days. Never add.';
comment on column bi.wait_summary.is_horizon_beyond_follow_up is 'True if the curve ends above 0 before the horizon: the restricted mean then extends its last value.';
comment on column bi.wait_summary.curve_status is '''ok'', or what to know before reading the figures, joined by ''; '': ''nobody observed before day N: shares are of those still waiting then'', ''risk set empties on day N while later items enter: read only up to day N'', ''no exits''.';
comment on column bi.wait_summary.completed_only_median_days is 'BIASED: plain median of ended waits only, as many reports print it. Beside the median to show the difference. Unit: days. Never add.';
comment on column bi.wait_summary.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.wait_summary.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.wait_summary.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.wait_summary.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.wait_summary.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.wait_summary.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.wait_summary.release_id is 'Release that the row belongs to.';

create view bi.wait_summary_by_slice as
select
    r.force,
    r.queue,
    r.queue_version,
    r.item_unit,
    r.slice,
    r.slice_value,
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
from mart.wait_summary as r
where not r.is_total;
comment on view bi.wait_summary_by_slice is 'The wait of one cohort of one slice of one queue, read off the counts of mart.wait_curve. Quantiles are of leaving for any reason, which is not the same as being served: the smallest day by which so many had left, and where the curve lies level at exactly that share the middle of the level; intervals are read off the 95 % log-log bands in the same way. Whether figures are partial or provisional follows mart.wait_curve. Slices only. Every slice divides the same total: choose one slice, never add over slices.';
comment on column bi.wait_summary_by_slice.force is 'Code of the force.';
comment on column bi.wait_summary_by_slice.queue is 'Name of the queue definition; see mart.dim_queue.';
comment on column bi.wait_summary_by_slice.queue_version is 'Version of the queue definition that was applied.';
comment on column bi.wait_summary_by_slice.item_unit is 'What the counts of this row count.';
comment on column bi.wait_summary_by_slice.slice is 'Attribute by which the queue is sliced, taken when the item entered; ''all'' for the total.';
comment on column bi.wait_summary_by_slice.slice_value is 'Value of the slice; ''all'' for the total, ''(not recorded)'' where the source has none.';
comment on column bi.wait_summary_by_slice.cohort is 'As in mart.wait_curve.';
comment on column bi.wait_summary_by_slice.spell_count is 'Spells in the cohort. Unit: spells. Never add.';
comment on column bi.wait_summary_by_slice.left_count is 'Of these, ended by the business date. Unit: spells. Never add.';
comment on column bi.wait_summary_by_slice.still_waiting_count is 'Of these, still waiting (censored). Unit: spells. Never add.';
comment on column bi.wait_summary_by_slice.longest_observed_days is 'Longest wait observed, ended or not. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p25_days is 'A quarter had left by this day; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p25_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p25_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.median_days is 'Half had left by this day; null if not reached, never the last value. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.median_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.median_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p75_days is 'Three quarters had left by this day; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p75_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p75_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p90_days is 'Nine in ten had left by this day; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p90_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p90_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p95_days is 'Nineteen in twenty had left by this day; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p95_low_days is 'Lower end of its 95 % interval; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.p95_high_days is 'Upper end; null if not reached. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.restricted_mean_days is 'Mean wait when waits are cut at restricted_to_days: area under the curve. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.restricted_mean_standard_error is 'Its standard error; null where nobody left, since then nothing is known of it. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.restricted_to_days is 'The horizon, 365 days. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.is_horizon_beyond_follow_up is 'True if the curve ends above 0 before the horizon: the restricted mean then extends its last value.';
comment on column bi.wait_summary_by_slice.curve_status is '''ok'', or what to know before reading the figures, joined by ''; '': ''nobody observed before day N: shares are of those still waiting then'', ''risk set empties on day N while later items enter: read only up to day N'', ''no exits''.';
comment on column bi.wait_summary_by_slice.completed_only_median_days is 'BIASED: plain median of ended waits only, as many reports print it. Beside the median to show the difference. Unit: days. Never add.';
comment on column bi.wait_summary_by_slice.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column bi.wait_summary_by_slice.is_provisional is 'True if late records are still expected to change the row.';
comment on column bi.wait_summary_by_slice.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column bi.wait_summary_by_slice.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column bi.wait_summary_by_slice.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column bi.wait_summary_by_slice.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column bi.wait_summary_by_slice.release_id is 'Release that the row belongs to.';

-- Tools: the open marts. Analysts: every mart, and how the figures came about; not ops.refusal, which shows values of source rows, nor the lock.
grant select on mart.dim_date to fpw_bi;
grant select on bi.dim_date to fpw_bi;
grant select on mart.dim_queue to fpw_bi;
grant select on bi.dim_queue to fpw_bi;
grant select on mart.dim_scheme to fpw_bi;
grant select on bi.dim_scheme to fpw_bi;
grant select on mart.dim_slice to fpw_bi;
grant select on bi.dim_slice to fpw_bi;
grant select on mart.dim_standard to fpw_bi;
grant select on bi.dim_standard to fpw_bi;
grant select on mart.grading_agreement to fpw_bi;
grant select on bi.grading_agreement to fpw_bi;
grant select on mart.grading_share to fpw_bi;
grant select on bi.grading_share to fpw_bi;
grant select on mart.open_age to fpw_bi;
grant select on bi.open_age to fpw_bi;
grant select on bi.open_age_by_slice to fpw_bi;
grant select on mart.published_fact to fpw_bi;
grant select on bi.published_fact to fpw_bi;
grant select on mart.queue_daily to fpw_bi;
grant select on bi.queue_daily to fpw_bi;
grant select on bi.queue_daily_by_slice to fpw_bi;
grant select on mart.queue_exit to fpw_bi;
grant select on bi.queue_exit to fpw_bi;
grant select on bi.queue_exit_by_slice to fpw_bi;
grant select on mart.queue_monthly to fpw_bi;
grant select on bi.queue_monthly to fpw_bi;
grant select on bi.queue_monthly_by_slice to fpw_bi;
grant select on mart.queue_weekly to fpw_bi;
grant select on bi.queue_weekly to fpw_bi;
grant select on bi.queue_weekly_by_slice to fpw_bi;
grant select on mart.wait_curve to fpw_bi;
grant select on bi.wait_curve to fpw_bi;
grant select on bi.wait_curve_by_slice to fpw_bi;
grant select on mart.wait_standard to fpw_bi;
grant select on bi.wait_standard to fpw_bi;
grant select on bi.wait_standard_by_slice to fpw_bi;
grant select on mart.wait_summary to fpw_bi;
grant select on bi.wait_summary to fpw_bi;
grant select on bi.wait_summary_by_slice to fpw_bi;
grant select on mart.case_milestone_open to fpw_analyst;
grant select on mart.dim_date to fpw_analyst;
grant select on bi.dim_date to fpw_analyst;
grant select on mart.dim_queue to fpw_analyst;
grant select on bi.dim_queue to fpw_analyst;
grant select on mart.dim_scheme to fpw_analyst;
grant select on bi.dim_scheme to fpw_analyst;
grant select on mart.dim_slice to fpw_analyst;
grant select on bi.dim_slice to fpw_analyst;
grant select on mart.dim_standard to fpw_analyst;
grant select on bi.dim_standard to fpw_analyst;
grant select on mart.grading_agreement to fpw_analyst;
grant select on bi.grading_agreement to fpw_analyst;
grant select on mart.grading_share to fpw_analyst;
grant select on bi.grading_share to fpw_analyst;
grant select on mart.open_age to fpw_analyst;
grant select on bi.open_age to fpw_analyst;
grant select on bi.open_age_by_slice to fpw_analyst;
grant select on mart.published_fact to fpw_analyst;
grant select on bi.published_fact to fpw_analyst;
grant select on mart.queue_daily to fpw_analyst;
grant select on bi.queue_daily to fpw_analyst;
grant select on bi.queue_daily_by_slice to fpw_analyst;
grant select on mart.queue_exit to fpw_analyst;
grant select on bi.queue_exit to fpw_analyst;
grant select on bi.queue_exit_by_slice to fpw_analyst;
grant select on mart.queue_monthly to fpw_analyst;
grant select on bi.queue_monthly to fpw_analyst;
grant select on bi.queue_monthly_by_slice to fpw_analyst;
grant select on mart.queue_weekly to fpw_analyst;
grant select on bi.queue_weekly to fpw_analyst;
grant select on bi.queue_weekly_by_slice to fpw_analyst;
grant select on mart.wait_curve to fpw_analyst;
grant select on bi.wait_curve to fpw_analyst;
grant select on bi.wait_curve_by_slice to fpw_analyst;
grant select on mart.wait_standard to fpw_analyst;
grant select on bi.wait_standard to fpw_analyst;
grant select on bi.wait_standard_by_slice to fpw_analyst;
grant select on mart.wait_summary to fpw_analyst;
grant select on bi.wait_summary to fpw_analyst;
grant select on bi.wait_summary_by_slice to fpw_analyst;
grant select on ops.current_release to fpw_analyst;
grant select on ops.exclusion_count to fpw_analyst;
grant select on ops.feed_account to fpw_analyst;
grant select on ops.feed_load to fpw_analyst;
grant select on ops.night to fpw_analyst;
grant select on ops.quality_result to fpw_analyst;
grant select on ops.release to fpw_analyst;
grant select on ops.release_table to fpw_analyst;
