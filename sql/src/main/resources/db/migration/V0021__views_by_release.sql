-- The views of mart and bi again, over every release whose rows are kept instead of the current one: a dashboard that names one release_id in all its statements never shows two nights.
-- A candidate is not among them before it is released, nor is a release that was withdrawn. Columns, order and grants are those of the views of the same name in mart and bi.
-- One line for each view, which is why the linter does not judge the layout here.
-- noqa: disable=LT09,LT14
create schema mart_releases;
comment on schema mart_releases is 'The views of mart over every release that is kept, told apart by release_id. Always choose one release.';
create schema bi_releases;
comment on schema bi_releases is 'The views of bi over every release that is kept, told apart by release_id. Always choose one release.';

create view bi_releases.release as
select
    r.release_id,
    r.business_date,
    r.released_at,
    r.release_id = c.release_id as is_current
from ops.release as r
cross join ops.current_release as c
where
    r.withdrawn_at is null
    and exists (
        select 1
        from mart_rows.dim_date as d
        where d.release_id = r.release_id
    );
comment on view bi_releases.release is 'The releases that can be chosen: the latest three, and named ones whose rows are there. Choose one first, such as the one that is_current, and name it in every statement after.';
comment on column bi_releases.release.release_id is 'Release.';
comment on column bi_releases.release.business_date is 'Its business date.';
comment on column bi_releases.release.released_at is 'When it was made, by the clock.';
comment on column bi_releases.release.is_current is 'Whether it is the one that the views of bi and mart show.';

create view mart_releases.case_milestone_open as select r.force, r.milestones, r.milestones_version, r.case_key, r.step, r.step_order, r.step_title, r.aware_on, r.age_days, r.status, r.status_on, r.data_as_at, r.release_id from mart_rows.case_milestone_open as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.dim_date as select r."day", r.calendar_year, r.quarter_start_on, r.month_start_on, r.week_start_on, r.iso_year, r.iso_week, r.financial_year, r.day_of_week, r.is_weekend, r.is_bank_holiday, r.release_id from mart_rows.dim_date as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.dim_queue as select r.force, r.queue, r.queue_version, r.title, r.description, r.item_unit, r.parent_queue, r.entered_by, r.re_entered_by, r.left_by, r.observed_from, r.data_as_at, r.release_id from mart_rows.dim_queue as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.dim_scheme as select r.force, r.scheme, r.scheme_version, r.title, r.description, r.valid_from, r.grade, r.grade_rank, r.grade_count, r.data_as_at, r.release_id from mart_rows.dim_scheme as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.dim_slice as select r.force, r.queue, r.slice, r.slice_value, r.is_total, r.item_count, r.release_id from mart_rows.dim_slice as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.dim_standard as select r.force, r.queue, r.queue_version, r.standard, r.standard_order, r.title, r.within_hours, r.within_days, r.applies_to, r.data_as_at, r.release_id from mart_rows.dim_standard as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.grading_agreement as select r.force, r.scheme, r.scheme_version, r.theme, r.first_assessor, r.second_assessor, r.pair_count, r.unclear_case_count, r.agreed_count, r.first_better_count, r.second_better_count, r.agreed_share, r.expected_share, r.kappa, r.linear_kappa, r.quadratic_kappa, r.kappa_reason, r.first_judged_on, r.last_judged_on, r.contributor_count, r.data_as_at, r.release_id from mart_rows.grading_agreement as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.grading_share as select r.force, r.scheme, r.scheme_version, r.population, r.selection, r.theme, r.assessor, r.period_kind, r.period, r.period_start_on, r.period_end_on, r.grade, r.grade_rank, r.judgement_count, r.judgement_total_count, r.case_count, r.case_total_count, r.share, r.share_low, r.share_high, r.interval_reason, r.previous_period_start_on, r.previous_share, r.share_change, r.share_change_low, r.share_change_high, r.change_reason, r.stated_case_count, r.stated_difference_count, r.adds_up, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_rows.grading_share as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.open_age as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.is_total, r.as_of_on, r.age_band, r.age_band_from_days, r.age_band_to_days, r.waiting_count, r.waiting_since_entry_count, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_rows.open_age as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.published_fact as select r.force, r.fact, r.quote, r.operator, r.stated_from, r.stated_to, r.about_share, r.unit, r.as_of_from_on, r.as_of_to_on, r.clock_start, r.population, r.definition, r.body_count, r.fact_source, r.is_by_construction, r.our_value, r.our_lowest, r.our_highest, r.our_value_count, r.verdict, r.difference, r.reason, r.data_as_at, r.release_id from mart_rows.published_fact as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.queue_daily as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.is_total, r."day", r.opening_count, r.received_count, r.reentered_count, r.left_count, r.waiting_count, r.past_standard_count, r.due_next_7_days_count, r.oldest_age_days, r.oldest_wait_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_rows.queue_daily as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.queue_exit as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.is_total, r.month_start_on, r.measured_to_on, r.exit_reason, r.is_served, r.left_count, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_rows.queue_exit as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.queue_monthly as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.is_total, r.month_start_on, r.month_end_on, r.measured_to_on, r.opening_count, r.received_count, r.reentered_count, r.left_count, r.served_count, r.waiting_count, r.past_standard_count, r.due_next_7_days_count, r.left_per_inflow, r.served_per_inflow, r.weeks_of_work_left, r.weeks_of_work_served, r.oldest_age_days, r.oldest_wait_days, r.waiting_age_median_days, r.waiting_age_mean_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_rows.queue_monthly as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.queue_weekly as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.is_total, r.week_start_on, r.week_end_on, r.iso_year, r.iso_week, r.measured_to_on, r.opening_count, r.received_count, r.reentered_count, r.left_count, r.served_count, r.waiting_count, r.past_standard_count, r.due_next_7_days_count, r.left_per_inflow, r.served_per_inflow, r.weeks_of_work_left, r.weeks_of_work_served, r.oldest_age_days, r.oldest_wait_days, r.waiting_age_median_days, r.waiting_age_mean_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_rows.queue_weekly as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.wait_curve as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.is_total, r.cohort, r.exit_reason, r.wait_days, r.at_risk_count, r.left_count, r.censored_count, r.still_waiting_share, r.still_waiting_low, r.still_waiting_high, r.still_waiting_standard_error, r.left_share, r.left_share_standard_error, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_rows.wait_curve as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.wait_standard as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.is_total, r.standard, r.month_start_on, r.received_count, r.due_count, r.met_count, r.failed_count, r.left_unseen_count, r.unknown_count, r.not_yet_due_count, r.share_low, r.share_high, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_rows.wait_standard as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;
create view mart_releases.wait_summary as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.is_total, r.cohort, r.spell_count, r.left_count, r.still_waiting_count, r.longest_observed_days, r.p25_days, r.p25_low_days, r.p25_high_days, r.median_days, r.median_low_days, r.median_high_days, r.p75_days, r.p75_low_days, r.p75_high_days, r.p90_days, r.p90_low_days, r.p90_high_days, r.p95_days, r.p95_low_days, r.p95_high_days, r.restricted_mean_days, r.restricted_mean_standard_error, r.restricted_to_days, r.is_horizon_beyond_follow_up, r.curve_status, r.completed_only_median_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_rows.wait_summary as r inner join ops.release as k on r.release_id = k.release_id where k.withdrawn_at is null;

create view bi_releases.dim_date as select r."day", r.calendar_year, r.quarter_start_on, r.month_start_on, r.week_start_on, r.iso_year, r.iso_week, r.financial_year, r.day_of_week, r.is_weekend, r.is_bank_holiday, r.release_id from mart_releases.dim_date as r;
create view bi_releases.dim_queue as select r.force, r.queue, r.queue_version, r.title, r.description, r.item_unit, r.parent_queue, r.entered_by, r.re_entered_by, r.left_by, r.observed_from, r.data_as_at, r.release_id from mart_releases.dim_queue as r;
create view bi_releases.dim_scheme as select r.force, r.scheme, r.scheme_version, r.title, r.description, r.valid_from, r.grade, r.grade_rank, r.grade_count, r.data_as_at, r.release_id from mart_releases.dim_scheme as r;
create view bi_releases.dim_slice as select r.force, r.queue, r.slice, r.slice_value, r.is_total, r.item_count, r.release_id from mart_releases.dim_slice as r;
create view bi_releases.dim_standard as select r.force, r.queue, r.queue_version, r.standard, r.standard_order, r.title, r.within_hours, r.within_days, r.applies_to, r.data_as_at, r.release_id from mart_releases.dim_standard as r;
create view bi_releases.grading_agreement as select r.force, r.scheme, r.scheme_version, r.theme, r.first_assessor, r.second_assessor, r.pair_count, r.unclear_case_count, r.agreed_count, r.first_better_count, r.second_better_count, r.agreed_share, r.expected_share, r.kappa, r.linear_kappa, r.quadratic_kappa, r.kappa_reason, r.first_judged_on, r.last_judged_on, r.contributor_count, r.data_as_at, r.release_id from mart_releases.grading_agreement as r;
create view bi_releases.grading_share as select r.force, r.scheme, r.scheme_version, r.population, r.selection, r.theme, r.assessor, r.period_kind, r.period, r.period_start_on, r.period_end_on, r.grade, r.grade_rank, r.judgement_count, r.judgement_total_count, r.case_count, r.case_total_count, r.share, r.share_low, r.share_high, r.interval_reason, r.previous_period_start_on, r.previous_share, r.share_change, r.share_change_low, r.share_change_high, r.change_reason, r.stated_case_count, r.stated_difference_count, r.adds_up, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.grading_share as r;
create view bi_releases.open_age as select r.force, r.queue, r.queue_version, r.item_unit, r.as_of_on, r.age_band, r.age_band_from_days, r.age_band_to_days, r.waiting_count, r.waiting_since_entry_count, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.open_age as r where r.is_total;
create view bi_releases.open_age_by_slice as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.as_of_on, r.age_band, r.age_band_from_days, r.age_band_to_days, r.waiting_count, r.waiting_since_entry_count, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.open_age as r where not r.is_total;
create view bi_releases.published_fact as select r.force, r.fact, r.quote, r.operator, r.stated_from, r.stated_to, r.about_share, r.unit, r.as_of_from_on, r.as_of_to_on, r.clock_start, r.population, r.definition, r.body_count, r.fact_source, r.is_by_construction, r.our_value, r.our_lowest, r.our_highest, r.our_value_count, r.verdict, r.difference, r.reason, r.data_as_at, r.release_id from mart_releases.published_fact as r;
create view bi_releases.queue_daily as select r.force, r.queue, r.queue_version, r.item_unit, r."day", r.opening_count, r.received_count, r.reentered_count, r.left_count, r.waiting_count, r.past_standard_count, r.due_next_7_days_count, r.oldest_age_days, r.oldest_wait_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.queue_daily as r where r.is_total;
create view bi_releases.queue_daily_by_slice as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r."day", r.opening_count, r.received_count, r.reentered_count, r.left_count, r.waiting_count, r.past_standard_count, r.due_next_7_days_count, r.oldest_age_days, r.oldest_wait_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.queue_daily as r where not r.is_total;
create view bi_releases.queue_exit as select r.force, r.queue, r.queue_version, r.item_unit, r.month_start_on, r.measured_to_on, r.exit_reason, r.is_served, r.left_count, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.queue_exit as r where r.is_total;
create view bi_releases.queue_exit_by_slice as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.month_start_on, r.measured_to_on, r.exit_reason, r.is_served, r.left_count, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.queue_exit as r where not r.is_total;
create view bi_releases.queue_monthly as select r.force, r.queue, r.queue_version, r.item_unit, r.month_start_on, r.month_end_on, r.measured_to_on, r.opening_count, r.received_count, r.reentered_count, r.left_count, r.served_count, r.waiting_count, r.past_standard_count, r.due_next_7_days_count, r.left_per_inflow, r.served_per_inflow, r.weeks_of_work_left, r.weeks_of_work_served, r.oldest_age_days, r.oldest_wait_days, r.waiting_age_median_days, r.waiting_age_mean_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.queue_monthly as r where r.is_total;
create view bi_releases.queue_monthly_by_slice as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.month_start_on, r.month_end_on, r.measured_to_on, r.opening_count, r.received_count, r.reentered_count, r.left_count, r.served_count, r.waiting_count, r.past_standard_count, r.due_next_7_days_count, r.left_per_inflow, r.served_per_inflow, r.weeks_of_work_left, r.weeks_of_work_served, r.oldest_age_days, r.oldest_wait_days, r.waiting_age_median_days, r.waiting_age_mean_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.queue_monthly as r where not r.is_total;
create view bi_releases.queue_weekly as select r.force, r.queue, r.queue_version, r.item_unit, r.week_start_on, r.week_end_on, r.iso_year, r.iso_week, r.measured_to_on, r.opening_count, r.received_count, r.reentered_count, r.left_count, r.served_count, r.waiting_count, r.past_standard_count, r.due_next_7_days_count, r.left_per_inflow, r.served_per_inflow, r.weeks_of_work_left, r.weeks_of_work_served, r.oldest_age_days, r.oldest_wait_days, r.waiting_age_median_days, r.waiting_age_mean_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.queue_weekly as r where r.is_total;
create view bi_releases.queue_weekly_by_slice as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.week_start_on, r.week_end_on, r.iso_year, r.iso_week, r.measured_to_on, r.opening_count, r.received_count, r.reentered_count, r.left_count, r.served_count, r.waiting_count, r.past_standard_count, r.due_next_7_days_count, r.left_per_inflow, r.served_per_inflow, r.weeks_of_work_left, r.weeks_of_work_served, r.oldest_age_days, r.oldest_wait_days, r.waiting_age_median_days, r.waiting_age_mean_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.queue_weekly as r where not r.is_total;
create view bi_releases.wait_curve as select r.force, r.queue, r.queue_version, r.item_unit, r.cohort, r.exit_reason, r.wait_days, r.at_risk_count, r.left_count, r.censored_count, r.still_waiting_share, r.still_waiting_low, r.still_waiting_high, r.still_waiting_standard_error, r.left_share, r.left_share_standard_error, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.wait_curve as r where r.is_total;
create view bi_releases.wait_curve_by_slice as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.cohort, r.exit_reason, r.wait_days, r.at_risk_count, r.left_count, r.censored_count, r.still_waiting_share, r.still_waiting_low, r.still_waiting_high, r.still_waiting_standard_error, r.left_share, r.left_share_standard_error, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.wait_curve as r where not r.is_total;
create view bi_releases.wait_standard as select r.force, r.queue, r.queue_version, r.item_unit, r.standard, r.month_start_on, r.received_count, r.due_count, r.met_count, r.failed_count, r.left_unseen_count, r.unknown_count, r.not_yet_due_count, r.share_low, r.share_high, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.wait_standard as r where r.is_total;
create view bi_releases.wait_standard_by_slice as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.standard, r.month_start_on, r.received_count, r.due_count, r.met_count, r.failed_count, r.left_unseen_count, r.unknown_count, r.not_yet_due_count, r.share_low, r.share_high, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.wait_standard as r where not r.is_total;
create view bi_releases.wait_summary as select r.force, r.queue, r.queue_version, r.item_unit, r.cohort, r.spell_count, r.left_count, r.still_waiting_count, r.longest_observed_days, r.p25_days, r.p25_low_days, r.p25_high_days, r.median_days, r.median_low_days, r.median_high_days, r.p75_days, r.p75_low_days, r.p75_high_days, r.p90_days, r.p90_low_days, r.p90_high_days, r.p95_days, r.p95_low_days, r.p95_high_days, r.restricted_mean_days, r.restricted_mean_standard_error, r.restricted_to_days, r.is_horizon_beyond_follow_up, r.curve_status, r.completed_only_median_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.wait_summary as r where r.is_total;
create view bi_releases.wait_summary_by_slice as select r.force, r.queue, r.queue_version, r.item_unit, r.slice, r.slice_value, r.cohort, r.spell_count, r.left_count, r.still_waiting_count, r.longest_observed_days, r.p25_days, r.p25_low_days, r.p25_high_days, r.median_days, r.median_low_days, r.median_high_days, r.p75_days, r.p75_low_days, r.p75_high_days, r.p90_days, r.p90_low_days, r.p90_high_days, r.p95_days, r.p95_low_days, r.p95_high_days, r.restricted_mean_days, r.restricted_mean_standard_error, r.restricted_to_days, r.is_horizon_beyond_follow_up, r.curve_status, r.completed_only_median_days, r.is_partial, r.is_provisional, r.is_available, r.unavailable_reason, r.contributor_count, r.data_as_at, r.release_id from mart_releases.wait_summary as r where not r.is_total;

comment on view mart_releases.case_milestone_open is 'As mart.case_milestone_open, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.dim_date is 'As mart.dim_date, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.dim_queue is 'As mart.dim_queue, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.dim_scheme is 'As mart.dim_scheme, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.dim_slice is 'As mart.dim_slice, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.dim_standard is 'As mart.dim_standard, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.grading_agreement is 'As mart.grading_agreement, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.grading_share is 'As mart.grading_share, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.open_age is 'As mart.open_age, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.published_fact is 'As mart.published_fact, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.queue_daily is 'As mart.queue_daily, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.queue_exit is 'As mart.queue_exit, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.queue_monthly is 'As mart.queue_monthly, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.queue_weekly is 'As mart.queue_weekly, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.wait_curve is 'As mart.wait_curve, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.wait_standard is 'As mart.wait_standard, of every release that is kept. Always choose one release_id.';
comment on view mart_releases.wait_summary is 'As mart.wait_summary, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.dim_date is 'As bi.dim_date, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.dim_queue is 'As bi.dim_queue, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.dim_scheme is 'As bi.dim_scheme, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.dim_slice is 'As bi.dim_slice, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.dim_standard is 'As bi.dim_standard, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.grading_agreement is 'As bi.grading_agreement, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.grading_share is 'As bi.grading_share, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.open_age is 'As bi.open_age, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.open_age_by_slice is 'As bi.open_age_by_slice, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.published_fact is 'As bi.published_fact, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.queue_daily is 'As bi.queue_daily, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.queue_daily_by_slice is 'As bi.queue_daily_by_slice, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.queue_exit is 'As bi.queue_exit, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.queue_exit_by_slice is 'As bi.queue_exit_by_slice, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.queue_monthly is 'As bi.queue_monthly, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.queue_monthly_by_slice is 'As bi.queue_monthly_by_slice, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.queue_weekly is 'As bi.queue_weekly, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.queue_weekly_by_slice is 'As bi.queue_weekly_by_slice, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.wait_curve is 'As bi.wait_curve, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.wait_curve_by_slice is 'As bi.wait_curve_by_slice, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.wait_standard is 'As bi.wait_standard, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.wait_standard_by_slice is 'As bi.wait_standard_by_slice, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.wait_summary is 'As bi.wait_summary, of every release that is kept. Always choose one release_id.';
comment on view bi_releases.wait_summary_by_slice is 'As bi.wait_summary_by_slice, of every release that is kept. Always choose one release_id.';

grant select on mart_releases.dim_date to fpw_bi;
grant select on mart_releases.dim_queue to fpw_bi;
grant select on mart_releases.dim_scheme to fpw_bi;
grant select on mart_releases.dim_slice to fpw_bi;
grant select on mart_releases.dim_standard to fpw_bi;
grant select on mart_releases.grading_agreement to fpw_bi;
grant select on mart_releases.grading_share to fpw_bi;
grant select on mart_releases.open_age to fpw_bi;
grant select on mart_releases.published_fact to fpw_bi;
grant select on mart_releases.queue_daily to fpw_bi;
grant select on mart_releases.queue_exit to fpw_bi;
grant select on mart_releases.queue_monthly to fpw_bi;
grant select on mart_releases.queue_weekly to fpw_bi;
grant select on mart_releases.wait_curve to fpw_bi;
grant select on mart_releases.wait_standard to fpw_bi;
grant select on mart_releases.wait_summary to fpw_bi;
grant select on bi_releases.release to fpw_bi;
grant select on bi_releases.dim_date to fpw_bi;
grant select on bi_releases.dim_queue to fpw_bi;
grant select on bi_releases.dim_scheme to fpw_bi;
grant select on bi_releases.dim_slice to fpw_bi;
grant select on bi_releases.dim_standard to fpw_bi;
grant select on bi_releases.grading_agreement to fpw_bi;
grant select on bi_releases.grading_share to fpw_bi;
grant select on bi_releases.open_age to fpw_bi;
grant select on bi_releases.open_age_by_slice to fpw_bi;
grant select on bi_releases.published_fact to fpw_bi;
grant select on bi_releases.queue_daily to fpw_bi;
grant select on bi_releases.queue_daily_by_slice to fpw_bi;
grant select on bi_releases.queue_exit to fpw_bi;
grant select on bi_releases.queue_exit_by_slice to fpw_bi;
grant select on bi_releases.queue_monthly to fpw_bi;
grant select on bi_releases.queue_monthly_by_slice to fpw_bi;
grant select on bi_releases.queue_weekly to fpw_bi;
grant select on bi_releases.queue_weekly_by_slice to fpw_bi;
grant select on bi_releases.wait_curve to fpw_bi;
grant select on bi_releases.wait_curve_by_slice to fpw_bi;
grant select on bi_releases.wait_standard to fpw_bi;
grant select on bi_releases.wait_standard_by_slice to fpw_bi;
grant select on bi_releases.wait_summary to fpw_bi;
grant select on bi_releases.wait_summary_by_slice to fpw_bi;
grant select on mart_releases.case_milestone_open to fpw_analyst;
grant select on mart_releases.dim_date to fpw_analyst;
grant select on mart_releases.dim_queue to fpw_analyst;
grant select on mart_releases.dim_scheme to fpw_analyst;
grant select on mart_releases.dim_slice to fpw_analyst;
grant select on mart_releases.dim_standard to fpw_analyst;
grant select on mart_releases.grading_agreement to fpw_analyst;
grant select on mart_releases.grading_share to fpw_analyst;
grant select on mart_releases.open_age to fpw_analyst;
grant select on mart_releases.published_fact to fpw_analyst;
grant select on mart_releases.queue_daily to fpw_analyst;
grant select on mart_releases.queue_exit to fpw_analyst;
grant select on mart_releases.queue_monthly to fpw_analyst;
grant select on mart_releases.queue_weekly to fpw_analyst;
grant select on mart_releases.wait_curve to fpw_analyst;
grant select on mart_releases.wait_standard to fpw_analyst;
grant select on mart_releases.wait_summary to fpw_analyst;
grant select on bi_releases.release to fpw_analyst;
grant select on bi_releases.dim_date to fpw_analyst;
grant select on bi_releases.dim_queue to fpw_analyst;
grant select on bi_releases.dim_scheme to fpw_analyst;
grant select on bi_releases.dim_slice to fpw_analyst;
grant select on bi_releases.dim_standard to fpw_analyst;
grant select on bi_releases.grading_agreement to fpw_analyst;
grant select on bi_releases.grading_share to fpw_analyst;
grant select on bi_releases.open_age to fpw_analyst;
grant select on bi_releases.open_age_by_slice to fpw_analyst;
grant select on bi_releases.published_fact to fpw_analyst;
grant select on bi_releases.queue_daily to fpw_analyst;
grant select on bi_releases.queue_daily_by_slice to fpw_analyst;
grant select on bi_releases.queue_exit to fpw_analyst;
grant select on bi_releases.queue_exit_by_slice to fpw_analyst;
grant select on bi_releases.queue_monthly to fpw_analyst;
grant select on bi_releases.queue_monthly_by_slice to fpw_analyst;
grant select on bi_releases.queue_weekly to fpw_analyst;
grant select on bi_releases.queue_weekly_by_slice to fpw_analyst;
grant select on bi_releases.wait_curve to fpw_analyst;
grant select on bi_releases.wait_curve_by_slice to fpw_analyst;
grant select on bi_releases.wait_standard to fpw_analyst;
grant select on bi_releases.wait_standard_by_slice to fpw_analyst;
grant select on bi_releases.wait_summary to fpw_analyst;
grant select on bi_releases.wait_summary_by_slice to fpw_analyst;
