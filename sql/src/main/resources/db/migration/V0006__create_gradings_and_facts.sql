-- Gradings and published facts: one table per mart with the rows of the releases that are kept, and one view per mart over the current release.
comment on table mart_rows.dim_date is 'One local calendar day from the first event or judgement to the end of the financial year of the business date.';
comment on view mart.dim_date is 'One local calendar day from the first event or judgement to the end of the financial year of the business date.';

create table mart_rows.dim_scheme (
    force varchar(40) not null,
    scheme varchar(100) not null,
    scheme_version integer not null,
    title varchar(200) not null,
    description varchar(4000) not null,
    valid_from date not null,
    grade varchar(100) not null,
    grade_rank integer not null,
    grade_count integer not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, scheme, scheme_version, grade)
);
comment on table mart_rows.dim_scheme is 'One grade of one version of one grading scheme.';
comment on column mart_rows.dim_scheme.force is 'Code of the force.';
comment on column mart_rows.dim_scheme.scheme is 'Name of the scheme.';
comment on column mart_rows.dim_scheme.scheme_version is 'Version of its list of grades.';
comment on column mart_rows.dim_scheme.title is 'Name as people write it.';
comment on column mart_rows.dim_scheme.description is 'Who grades what by it.';
comment on column mart_rows.dim_scheme.valid_from is 'First day on which a judgement could be made by this version.';
comment on column mart_rows.dim_scheme.grade is 'The grade. The same word in another version is another grade.';
comment on column mart_rows.dim_scheme.grade_rank is 'Place in the list; 1 is best.';
comment on column mart_rows.dim_scheme.grade_count is 'Grades in this version. Unit: grades. Never add.';
comment on column mart_rows.dim_scheme.data_as_at is 'Business date.';
comment on column mart_rows.dim_scheme.release_id is 'Release that the row belongs to.';

create view mart.dim_scheme as
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
from mart_rows.dim_scheme as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.dim_scheme is 'One grade of one version of one grading scheme.';
comment on column mart.dim_scheme.force is 'Code of the force.';
comment on column mart.dim_scheme.scheme is 'Name of the scheme.';
comment on column mart.dim_scheme.scheme_version is 'Version of its list of grades.';
comment on column mart.dim_scheme.title is 'Name as people write it.';
comment on column mart.dim_scheme.description is 'Who grades what by it.';
comment on column mart.dim_scheme.valid_from is 'First day on which a judgement could be made by this version.';
comment on column mart.dim_scheme.grade is 'The grade. The same word in another version is another grade.';
comment on column mart.dim_scheme.grade_rank is 'Place in the list; 1 is best.';
comment on column mart.dim_scheme.grade_count is 'Grades in this version. Unit: grades. Never add.';
comment on column mart.dim_scheme.data_as_at is 'Business date.';
comment on column mart.dim_scheme.release_id is 'Release that the row belongs to.';

create table mart_rows.grading_share (
    force varchar(40) not null,
    scheme varchar(100) not null,
    scheme_version integer not null,
    population varchar(400) not null,
    selection varchar(20) not null,
    theme varchar(200) not null,
    assessor varchar(200) not null,
    period_kind varchar(20) not null,
    period varchar(20) not null,
    period_start_on date not null,
    period_end_on date not null,
    grade varchar(100) not null,
    grade_rank integer not null,
    judgement_count bigint,
    judgement_total_count bigint,
    case_count bigint,
    case_total_count bigint,
    share double precision,
    share_low double precision,
    share_high double precision,
    interval_reason varchar(1000),
    previous_period_start_on date,
    previous_share double precision,
    share_change double precision,
    share_change_low double precision,
    share_change_high double precision,
    change_reason varchar(1000),
    stated_case_count bigint,
    stated_difference_count bigint,
    adds_up boolean,
    is_partial boolean not null,
    is_provisional boolean not null,
    is_available boolean not null,
    unavailable_reason varchar(1000),
    contributor_count bigint not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on, grade)
);
comment on table mart_rows.grading_share is 'How often each grade was given, by scheme version, population, selection, theme, assessor and period. Every grade of the version has a row, with 0 where it was not given. Periods are calendar quarters and financial years: a force that judges some dozens of cases a year has nothing to say by month. Intervals and changes are given only where they mean something: the cases were selected at random or all taken, and the earlier period is of the same scheme version, population, selection, theme and assessor. Seven hand-picked cases say nothing of the others, and nothing of a change since seventy mixed ones. A null says why. Never add over themes, assessors, populations or schemes: the same cases may be behind them.';
comment on column mart_rows.grading_share.force is 'Code of the force.';
comment on column mart_rows.grading_share.scheme is 'Grading scheme; see mart.dim_scheme.';
comment on column mart_rows.grading_share.scheme_version is 'Version of its list of grades. Shares of two versions cannot be compared.';
comment on column mart_rows.grading_share.population is 'Cases from which the judged ones were taken, in the source''s words; ''(not recorded)'' where it does not say.';
comment on column mart_rows.grading_share.selection is 'How they were taken: random, all, purposive (picked for a reason) or unknown.';
comment on column mart_rows.grading_share.theme is 'What about the cases is judged; ''(not recorded)'' where the source does not say.';
comment on column mart_rows.grading_share.assessor is 'Who judged; ''(not recorded)'' where the source does not say.';
comment on column mart_rows.grading_share.period_kind is '''quarter'' or ''financial year'' (from April). The quarters are parts of the years: never add both.';
comment on column mart_rows.grading_share.period is 'Name of the period, such as 2014 Q4 or 2014/15.';
comment on column mart_rows.grading_share.period_start_on is 'First day of the period.';
comment on column mart_rows.grading_share.period_end_on is 'Last day of the period.';
comment on column mart_rows.grading_share.grade is 'The grade.';
comment on column mart_rows.grading_share.grade_rank is 'Place of the grade in the list; 1 is best.';
comment on column mart_rows.grading_share.judgement_count is 'Judgements that gave this grade; null if the source gives counts and this one is not known. Unit: judgements. Additive over time within one slice value.';
comment on column mart_rows.grading_share.judgement_total_count is 'Judgements that gave any grade, the divisor of the share; null if one of the counts is not known. Unit: judgements. Never add.';
comment on column mart_rows.grading_share.case_count is 'Distinct cases that got this grade; null where the source gives counts and not cases. Unit: cases. Never add.';
comment on column mart_rows.grading_share.case_total_count is 'Distinct cases that got any grade; less than the judgements where a case was judged again. Null where the source gives counts and not cases. Unit: cases. Never add.';
comment on column mart_rows.grading_share.share is 'judgement_count / judgement_total_count; null where that is 0 or not known. Unit: share. Never add.';
comment on column mart_rows.grading_share.share_low is 'Lower end of the 95 % Wilson interval; 0 where nobody got the grade. Null with interval_reason. Unit: share. Never add.';
comment on column mart_rows.grading_share.share_high is 'Upper end of it; 1 where all got the grade. Null with interval_reason. Unit: share. Never add.';
comment on column mart_rows.grading_share.interval_reason is 'Why there is no interval, or no share; null where there is one.';
comment on column mart_rows.grading_share.previous_period_start_on is 'First day of the last earlier period in which cases of the same scheme version, population, selection, theme and assessor were judged; null if there is none.';
comment on column mart_rows.grading_share.previous_share is 'Share of the grade in that period. Null with change_reason. Unit: share. Never add.';
comment on column mart_rows.grading_share.share_change is 'share - previous_share. Null with change_reason. Unit: share. Never add.';
comment on column mart_rows.grading_share.share_change_low is 'Lower end of the 95 % interval of the change (Newcombe). An interval that holds 0 shows no evident change. Null with change_reason. Unit: share. Never add.';
comment on column mart_rows.grading_share.share_change_high is 'Upper end of it. Null with change_reason. Unit: share. Never add.';
comment on column mart_rows.grading_share.change_reason is 'Why there is no change; null where there is one.';
comment on column mart_rows.grading_share.stated_case_count is 'Cases that the source says were judged in all; null where it does not say, or says different things. Unit: cases. Never add.';
comment on column mart_rows.grading_share.stated_difference_count is 'judgement_total_count - stated_case_count; null where one of the two is null. Unit: judgements. Never add.';
comment on column mart_rows.grading_share.adds_up is 'Whether that difference is 0. Where it is not, the parts are published as they are and not forced to the stated total. Null where it cannot be told.';
comment on column mart_rows.grading_share.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart_rows.grading_share.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart_rows.grading_share.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart_rows.grading_share.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart_rows.grading_share.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.grading_share.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.grading_share.release_id is 'Release that the row belongs to.';

create view mart.grading_share as
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
from mart_rows.grading_share as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.grading_share is 'How often each grade was given, by scheme version, population, selection, theme, assessor and period. Every grade of the version has a row, with 0 where it was not given. Periods are calendar quarters and financial years: a force that judges some dozens of cases a year has nothing to say by month. Intervals and changes are given only where they mean something: the cases were selected at random or all taken, and the earlier period is of the same scheme version, population, selection, theme and assessor. Seven hand-picked cases say nothing of the others, and nothing of a change since seventy mixed ones. A null says why. Never add over themes, assessors, populations or schemes: the same cases may be behind them.';
comment on column mart.grading_share.force is 'Code of the force.';
comment on column mart.grading_share.scheme is 'Grading scheme; see mart.dim_scheme.';
comment on column mart.grading_share.scheme_version is 'Version of its list of grades. Shares of two versions cannot be compared.';
comment on column mart.grading_share.population is 'Cases from which the judged ones were taken, in the source''s words; ''(not recorded)'' where it does not say.';
comment on column mart.grading_share.selection is 'How they were taken: random, all, purposive (picked for a reason) or unknown.';
comment on column mart.grading_share.theme is 'What about the cases is judged; ''(not recorded)'' where the source does not say.';
comment on column mart.grading_share.assessor is 'Who judged; ''(not recorded)'' where the source does not say.';
comment on column mart.grading_share.period_kind is '''quarter'' or ''financial year'' (from April). The quarters are parts of the years: never add both.';
comment on column mart.grading_share.period is 'Name of the period, such as 2014 Q4 or 2014/15.';
comment on column mart.grading_share.period_start_on is 'First day of the period.';
comment on column mart.grading_share.period_end_on is 'Last day of the period.';
comment on column mart.grading_share.grade is 'The grade.';
comment on column mart.grading_share.grade_rank is 'Place of the grade in the list; 1 is best.';
comment on column mart.grading_share.judgement_count is 'Judgements that gave this grade; null if the source gives counts and this one is not known. Unit: judgements. Additive over time within one slice value.';
comment on column mart.grading_share.judgement_total_count is 'Judgements that gave any grade, the divisor of the share; null if one of the counts is not known. Unit: judgements. Never add.';
comment on column mart.grading_share.case_count is 'Distinct cases that got this grade; null where the source gives counts and not cases. Unit: cases. Never add.';
comment on column mart.grading_share.case_total_count is 'Distinct cases that got any grade; less than the judgements where a case was judged again. Null where the source gives counts and not cases. Unit: cases. Never add.';
comment on column mart.grading_share.share is 'judgement_count / judgement_total_count; null where that is 0 or not known. Unit: share. Never add.';
comment on column mart.grading_share.share_low is 'Lower end of the 95 % Wilson interval; 0 where nobody got the grade. Null with interval_reason. Unit: share. Never add.';
comment on column mart.grading_share.share_high is 'Upper end of it; 1 where all got the grade. Null with interval_reason. Unit: share. Never add.';
comment on column mart.grading_share.interval_reason is 'Why there is no interval, or no share; null where there is one.';
comment on column mart.grading_share.previous_period_start_on is 'First day of the last earlier period in which cases of the same scheme version, population, selection, theme and assessor were judged; null if there is none.';
comment on column mart.grading_share.previous_share is 'Share of the grade in that period. Null with change_reason. Unit: share. Never add.';
comment on column mart.grading_share.share_change is 'share - previous_share. Null with change_reason. Unit: share. Never add.';
comment on column mart.grading_share.share_change_low is 'Lower end of the 95 % interval of the change (Newcombe). An interval that holds 0 shows no evident change. Null with change_reason. Unit: share. Never add.';
comment on column mart.grading_share.share_change_high is 'Upper end of it. Null with change_reason. Unit: share. Never add.';
comment on column mart.grading_share.change_reason is 'Why there is no change; null where there is one.';
comment on column mart.grading_share.stated_case_count is 'Cases that the source says were judged in all; null where it does not say, or says different things. Unit: cases. Never add.';
comment on column mart.grading_share.stated_difference_count is 'judgement_total_count - stated_case_count; null where one of the two is null. Unit: judgements. Never add.';
comment on column mart.grading_share.adds_up is 'Whether that difference is 0. Where it is not, the parts are published as they are and not forced to the stated total. Null where it cannot be told.';
comment on column mart.grading_share.is_partial is 'True if the period was not over, or had begun before observation did.';
comment on column mart.grading_share.is_provisional is 'True if late records are still expected to change the row.';
comment on column mart.grading_share.is_available is 'False if a feed that the row needs was incomplete; the measures are then null.';
comment on column mart.grading_share.unavailable_reason is 'Why the row is not available; null if it is.';
comment on column mart.grading_share.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.grading_share.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.grading_share.release_id is 'Release that the row belongs to.';

create table mart_rows.grading_agreement (
    force varchar(40) not null,
    scheme varchar(100) not null,
    scheme_version integer not null,
    theme varchar(200) not null,
    first_assessor varchar(200) not null,
    second_assessor varchar(200) not null,
    pair_count bigint not null,
    unclear_case_count bigint not null,
    agreed_count bigint not null,
    first_better_count bigint not null,
    second_better_count bigint not null,
    agreed_share double precision,
    expected_share double precision,
    kappa double precision,
    linear_kappa double precision,
    quadratic_kappa double precision,
    kappa_reason varchar(1000),
    first_judged_on date,
    last_judged_on date,
    contributor_count bigint not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, scheme, scheme_version, theme, first_assessor, second_assessor)
);
comment on table mart_rows.grading_agreement is 'How far two assessors agree who judged the same cases in the same theme by the same scheme version, at any time up to the business date. Only cases that both judged count, each by the latest judgement of each assessor; tables of totals cannot show agreement and give no row. Kappa is Cohen''s, over the whole list of grades; 1 is perfect, 0 is what chance would give. It hangs on how often each grade is given: do not compare kappas of different populations.';
comment on column mart_rows.grading_agreement.force is 'Code of the force.';
comment on column mart_rows.grading_agreement.scheme is 'Grading scheme; see mart.dim_scheme.';
comment on column mart_rows.grading_agreement.scheme_version is 'Version of its list of grades.';
comment on column mart_rows.grading_agreement.theme is 'What about the cases is judged.';
comment on column mart_rows.grading_agreement.first_assessor is 'The assessor whose name comes first.';
comment on column mart_rows.grading_agreement.second_assessor is 'The other one.';
comment on column mart_rows.grading_agreement.pair_count is 'Cases that both judged. Unit: cases. Never add.';
comment on column mart_rows.grading_agreement.unclear_case_count is 'Cases left out because one of the two gave them different grades on its latest day. Unit: cases. Never add.';
comment on column mart_rows.grading_agreement.agreed_count is 'Cases to which both gave the same grade. Unit: cases. Never add.';
comment on column mart_rows.grading_agreement.first_better_count is 'Cases to which the first assessor gave the better grade. Unit: cases. Never add.';
comment on column mart_rows.grading_agreement.second_better_count is 'Cases to which the second assessor gave the better grade. Unit: cases. Never add.';
comment on column mart_rows.grading_agreement.agreed_share is 'agreed_count / pair_count; null where no case is left. Unit: share. Never add.';
comment on column mart_rows.grading_agreement.expected_share is 'Share that chance would give, from how often each gives each grade; null where no case is left. Unit: share. Never add.';
comment on column mart_rows.grading_agreement.kappa is 'Cohen''s kappa: every disagreement counts the same. Null with kappa_reason. Unit: kappa. Never add.';
comment on column mart_rows.grading_agreement.linear_kappa is 'Weighted kappa: a disagreement counts by the number of grades between. Null with kappa_reason. Unit: kappa. Never add.';
comment on column mart_rows.grading_agreement.quadratic_kappa is 'Weighted kappa: a disagreement counts by the square of it. Null with kappa_reason. Unit: kappa. Never add.';
comment on column mart_rows.grading_agreement.kappa_reason is 'Why there is no kappa; null where there is one.';
comment on column mart_rows.grading_agreement.first_judged_on is 'Earliest judgement that counts; null where no case is left.';
comment on column mart_rows.grading_agreement.last_judged_on is 'Latest judgement that counts; null where no case is left.';
comment on column mart_rows.grading_agreement.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart_rows.grading_agreement.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.grading_agreement.release_id is 'Release that the row belongs to.';

create view mart.grading_agreement as
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
from mart_rows.grading_agreement as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.grading_agreement is 'How far two assessors agree who judged the same cases in the same theme by the same scheme version, at any time up to the business date. Only cases that both judged count, each by the latest judgement of each assessor; tables of totals cannot show agreement and give no row. Kappa is Cohen''s, over the whole list of grades; 1 is perfect, 0 is what chance would give. It hangs on how often each grade is given: do not compare kappas of different populations.';
comment on column mart.grading_agreement.force is 'Code of the force.';
comment on column mart.grading_agreement.scheme is 'Grading scheme; see mart.dim_scheme.';
comment on column mart.grading_agreement.scheme_version is 'Version of its list of grades.';
comment on column mart.grading_agreement.theme is 'What about the cases is judged.';
comment on column mart.grading_agreement.first_assessor is 'The assessor whose name comes first.';
comment on column mart.grading_agreement.second_assessor is 'The other one.';
comment on column mart.grading_agreement.pair_count is 'Cases that both judged. Unit: cases. Never add.';
comment on column mart.grading_agreement.unclear_case_count is 'Cases left out because one of the two gave them different grades on its latest day. Unit: cases. Never add.';
comment on column mart.grading_agreement.agreed_count is 'Cases to which both gave the same grade. Unit: cases. Never add.';
comment on column mart.grading_agreement.first_better_count is 'Cases to which the first assessor gave the better grade. Unit: cases. Never add.';
comment on column mart.grading_agreement.second_better_count is 'Cases to which the second assessor gave the better grade. Unit: cases. Never add.';
comment on column mart.grading_agreement.agreed_share is 'agreed_count / pair_count; null where no case is left. Unit: share. Never add.';
comment on column mart.grading_agreement.expected_share is 'Share that chance would give, from how often each gives each grade; null where no case is left. Unit: share. Never add.';
comment on column mart.grading_agreement.kappa is 'Cohen''s kappa: every disagreement counts the same. Null with kappa_reason. Unit: kappa. Never add.';
comment on column mart.grading_agreement.linear_kappa is 'Weighted kappa: a disagreement counts by the number of grades between. Null with kappa_reason. Unit: kappa. Never add.';
comment on column mart.grading_agreement.quadratic_kappa is 'Weighted kappa: a disagreement counts by the square of it. Null with kappa_reason. Unit: kappa. Never add.';
comment on column mart.grading_agreement.kappa_reason is 'Why there is no kappa; null where there is one.';
comment on column mart.grading_agreement.first_judged_on is 'Earliest judgement that counts; null where no case is left.';
comment on column mart.grading_agreement.last_judged_on is 'Latest judgement that counts; null where no case is left.';
comment on column mart.grading_agreement.contributor_count is 'Distinct cases or people behind the row, for disclosure control. Unit: cases or people. Never add.';
comment on column mart.grading_agreement.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.grading_agreement.release_id is 'Release that the row belongs to.';

create table mart_rows.published_fact (
    force varchar(40) not null,
    fact varchar(100) not null,
    quote varchar(4000) not null,
    operator varchar(10) not null,
    stated_from double precision not null,
    stated_to double precision not null,
    about_share double precision,
    unit varchar(100) not null,
    as_of_from_on date not null,
    as_of_to_on date not null,
    clock_start varchar(1000),
    population varchar(4000) not null,
    definition varchar(4000) not null,
    body_count integer not null,
    fact_source varchar(1000) not null,
    is_by_construction boolean not null,
    our_value double precision,
    our_lowest double precision,
    our_highest double precision,
    our_value_count bigint not null,
    verdict varchar(40) not null,
    difference double precision,
    reason varchar(4000) not null,
    data_as_at date not null,
    release_id varchar(40) not null,
    primary key (release_id, fact)
);
comment on table mart_rows.published_fact is 'A figure that somebody has published, stated no sharper than it is, with ours beside it. The window says on which days the published figure may have been taken; of the values that ours took in it the closest is compared, so ''equal'' means that some day of the window fits, not that the same day was meant. A match where the data was made to match says ''by construction'' and proves nothing. One figure that matches says nothing of another.';
comment on column mart_rows.published_fact.force is 'Code of the force.';
comment on column mart_rows.published_fact.fact is 'Name of the fact.';
comment on column mart_rows.published_fact.quote is 'The words in which it was published.';
comment on column mart_rows.published_fact.operator is 'What the words say of the figure: =, >, >=, < or about.';
comment on column mart_rows.published_fact.stated_from is 'The published figure, or the lower end of the range. Never add.';
comment on column mart_rows.published_fact.stated_to is 'The same figure, or the upper end of the range. Never add.';
comment on column mart_rows.published_fact.about_share is 'Share of the figure by which ours may differ and still be about it; null where the operator is not about, or the figure is a range. Unit: share. Never add.';
comment on column mart_rows.published_fact.unit is 'What the figures count or measure.';
comment on column mart_rows.published_fact.as_of_from_on is 'First day to which the words can refer.';
comment on column mart_rows.published_fact.as_of_to_on is 'Last day to which the words can refer.';
comment on column mart_rows.published_fact.clock_start is 'For durations: the event from which time is counted; null for others.';
comment on column mart_rows.published_fact.population is 'What is counted among what, as far as the words say.';
comment on column mart_rows.published_fact.definition is 'How the publisher counts, as far as the words say, and what is left open.';
comment on column mart_rows.published_fact.body_count is 'Forces or bodies behind the published figure. Unit: forces or bodies. Never add.';
comment on column mart_rows.published_fact.fact_source is 'Where it was published.';
comment on column mart_rows.published_fact.is_by_construction is 'Whether the data was made to match.';
comment on column mart_rows.published_fact.our_value is 'Of the values that ours took in the window, the one closest to the published figure; null if not comparable. Never add.';
comment on column mart_rows.published_fact.our_lowest is 'The lowest of these values; null if not comparable. Never add.';
comment on column mart_rows.published_fact.our_highest is 'The highest of these values; null if not comparable. Never add.';
comment on column mart_rows.published_fact.our_value_count is 'How many values ours took in the window, such as one per day; 0 if not comparable. Unit: values. Never add.';
comment on column mart_rows.published_fact.verdict is '''equal'', ''within bound'' (it meets a range, a bound or an ''about''), ''differs by'', ''not comparable'', or ''by construction'' in place of the first two.';
comment on column mart_rows.published_fact.difference is 'our_value less the nearest figure that would have met the words; 0 where they are met, null if not comparable. Never add.';
comment on column mart_rows.published_fact.reason is 'The verdict in words; for ''not comparable'' why.';
comment on column mart_rows.published_fact.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart_rows.published_fact.release_id is 'Release that the row belongs to.';

create view mart.published_fact as
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
from mart_rows.published_fact as r
inner join ops.current_release as c on r.release_id = c.release_id;
comment on view mart.published_fact is 'A figure that somebody has published, stated no sharper than it is, with ours beside it. The window says on which days the published figure may have been taken; of the values that ours took in it the closest is compared, so ''equal'' means that some day of the window fits, not that the same day was meant. A match where the data was made to match says ''by construction'' and proves nothing. One figure that matches says nothing of another.';
comment on column mart.published_fact.force is 'Code of the force.';
comment on column mart.published_fact.fact is 'Name of the fact.';
comment on column mart.published_fact.quote is 'The words in which it was published.';
comment on column mart.published_fact.operator is 'What the words say of the figure: =, >, >=, < or about.';
comment on column mart.published_fact.stated_from is 'The published figure, or the lower end of the range. Never add.';
comment on column mart.published_fact.stated_to is 'The same figure, or the upper end of the range. Never add.';
comment on column mart.published_fact.about_share is 'Share of the figure by which ours may differ and still be about it; null where the operator is not about, or the figure is a range. Unit: share. Never add.';
comment on column mart.published_fact.unit is 'What the figures count or measure.';
comment on column mart.published_fact.as_of_from_on is 'First day to which the words can refer.';
comment on column mart.published_fact.as_of_to_on is 'Last day to which the words can refer.';
comment on column mart.published_fact.clock_start is 'For durations: the event from which time is counted; null for others.';
comment on column mart.published_fact.population is 'What is counted among what, as far as the words say.';
comment on column mart.published_fact.definition is 'How the publisher counts, as far as the words say, and what is left open.';
comment on column mart.published_fact.body_count is 'Forces or bodies behind the published figure. Unit: forces or bodies. Never add.';
comment on column mart.published_fact.fact_source is 'Where it was published.';
comment on column mart.published_fact.is_by_construction is 'Whether the data was made to match.';
comment on column mart.published_fact.our_value is 'Of the values that ours took in the window, the one closest to the published figure; null if not comparable. Never add.';
comment on column mart.published_fact.our_lowest is 'The lowest of these values; null if not comparable. Never add.';
comment on column mart.published_fact.our_highest is 'The highest of these values; null if not comparable. Never add.';
comment on column mart.published_fact.our_value_count is 'How many values ours took in the window, such as one per day; 0 if not comparable. Unit: values. Never add.';
comment on column mart.published_fact.verdict is '''equal'', ''within bound'' (it meets a range, a bound or an ''about''), ''differs by'', ''not comparable'', or ''by construction'' in place of the first two.';
comment on column mart.published_fact.difference is 'our_value less the nearest figure that would have met the words; 0 where they are met, null if not comparable. Never add.';
comment on column mart.published_fact.reason is 'The verdict in words; for ''not comparable'' why.';
comment on column mart.published_fact.data_as_at is 'Business date of the night: the last day whose events are counted.';
comment on column mart.published_fact.release_id is 'Release that the row belongs to.';
