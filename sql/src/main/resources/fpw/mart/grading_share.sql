-- How often each grade was given, by quarter and financial year.
-- Grain: scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on, grade. Parameters: :as_of_date.
with

judged as (

    select
        grading.*,
        period_kind,
        period_start_on
    from grading
        -- financial years run from April
        lateral view inline(array(
            struct('quarter', cast(trunc(judged_on, 'QUARTER') as date)),
            struct('financial year', cast(add_months(trunc(add_months(judged_on, -3), 'YEAR'), 3) as date))
        )) period as period_kind, period_start_on

),

-- what a source that gives counts says of one item is a whole; what one says that gives cases stands on every case
item_total as (

    select
        scheme,
        scheme_version,
        population,
        selection,
        theme,
        assessor,
        period_kind,
        period_start_on,
        item_key,
        if(min(stated_case_count) = max(stated_case_count) and count(stated_case_count) = count(*), min(stated_case_count), null) as stated_case_count
    from judged
    where gives_counts
    group by scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on, item_key

),

stated_by_counts as (

    select
        scheme,
        scheme_version,
        population,
        selection,
        theme,
        assessor,
        period_kind,
        period_start_on,
        if(count(stated_case_count) = count(*), sum(stated_case_count), null) as stated_case_count
    from item_total
    group by scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on

),

-- an audit that runs into another period cannot be compared within one
stated_by_cases as (

    select
        scheme,
        scheme_version,
        population,
        selection,
        theme,
        assessor,
        stated_case_count,
        count(*) as judgement_count
    from grading
    where not gives_counts and stated_case_count is not null
    group by scheme, scheme_version, population, selection, theme, assessor, stated_case_count

),

series as (

    select
        scheme,
        scheme_version,
        population,
        selection,
        theme,
        assessor,
        period_kind,
        period_start_on,
        bool_or(gives_counts) as gives_counts,
        sum(judgement_count) as known_count,
        count(*) as row_count,
        bool_or(judgement_count is null) as has_unknown,
        if(bool_or(gives_counts), null, count(distinct case_key)) as case_total_count,
        if(
            not bool_or(gives_counts) and min(stated_case_count) = max(stated_case_count) and count(stated_case_count) = count(*),
            min(stated_case_count),
            null
        ) as stated_on_cases
    from judged
    group by scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on

),

stated as (

    select
        series.*,
        case
            when series.gives_counts then stated_by_counts.stated_case_count
            when stated_by_cases.judgement_count = series.row_count then series.stated_on_cases
        end as stated_case_count
    from series
    left join stated_by_counts
        on
            series.scheme = stated_by_counts.scheme
            and series.scheme_version = stated_by_counts.scheme_version
            and series.population = stated_by_counts.population
            and series.selection = stated_by_counts.selection
            and series.theme = stated_by_counts.theme
            and series.assessor = stated_by_counts.assessor
            and series.period_kind = stated_by_counts.period_kind
            and series.period_start_on = stated_by_counts.period_start_on
    left join stated_by_cases
        on
            series.scheme = stated_by_cases.scheme
            and series.scheme_version = stated_by_cases.scheme_version
            and series.population = stated_by_cases.population
            and series.selection = stated_by_cases.selection
            and series.theme = stated_by_cases.theme
            and series.assessor = stated_by_cases.assessor
            and series.stated_on_cases = stated_by_cases.stated_case_count

),

-- a grade that a source of counts does not mention is 0 only if the others are all there were
given as (

    select
        stated.scheme,
        stated.scheme_version,
        stated.population,
        stated.selection,
        stated.theme,
        stated.assessor,
        stated.period_kind,
        stated.period_start_on,
        stated.case_total_count,
        stated.stated_case_count,
        stated.gives_counts,
        scheme_grade.grade,
        scheme_grade.grade_rank,
        case
            when count(judged.grading_id) = 0 and stated.gives_counts and not coalesce(stated.known_count = stated.stated_case_count, false) then null
            when bool_or(judged.grading_id is not null and judged.judgement_count is null) then null
            else coalesce(sum(judged.judgement_count), 0)
        end as judgement_count,
        if(stated.gives_counts, null, count(distinct judged.case_key)) as case_count,
        count(distinct if(coalesce(judged.judgement_count, 1) > 0, judged.contributor_key, null)) as contributor_count
    from stated
    inner join scheme_grade
        on
            stated.scheme = scheme_grade.scheme
            and stated.scheme_version = scheme_grade.scheme_version
    left join judged
        on
            stated.scheme = judged.scheme
            and stated.scheme_version = judged.scheme_version
            and stated.population = judged.population
            and stated.selection = judged.selection
            and stated.theme = judged.theme
            and stated.assessor = judged.assessor
            and stated.period_kind = judged.period_kind
            and stated.period_start_on = judged.period_start_on
            and scheme_grade.grade = judged.grade
    group by
        stated.scheme, stated.scheme_version, stated.population, stated.selection, stated.theme, stated.assessor, stated.period_kind,
        stated.period_start_on, stated.case_total_count, stated.stated_case_count, stated.gives_counts, stated.known_count, scheme_grade.grade,
        scheme_grade.grade_rank

),

totalled as (

    select
        *,
        if(
            count(judgement_count) over whole = count(*) over whole,
            sum(judgement_count) over whole,
            null
        ) as judgement_total_count
    from given
    window whole as (partition by scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on)

),

judgeable as (

    select
        *,
        case
            when judgement_total_count is null then 'the number of judgements is not known for every grade'
            when judgement_total_count = 0 then 'nothing was judged'
            when selection = 'purposive' then 'the cases were picked (purposive): their shares say nothing of other cases'
            when selection = 'unknown' then 'it is not known how the cases were selected'
            when population = '(not recorded)' then 'it is not recorded from which cases the judged ones were taken'
            when judgement_total_count <> case_total_count then 'a case was judged more than once: the judgements do not stand for as many cases'
        end as interval_reason
    from totalled

),

followed as (

    select
        *,
        lag(period_start_on) over one_grade as previous_period_start_on,
        lag(judgement_count) over one_grade as previous_count,
        lag(judgement_total_count) over one_grade as previous_total_count,
        lag(interval_reason) over one_grade as previous_reason
    from judgeable
    window one_grade as (
        partition by scheme, scheme_version, population, selection, theme, assessor, period_kind, grade
        order by period_start_on
    )

),

-- why there may be nothing to compare with although something was judged before
before as (

    select
        series.scheme,
        series.scheme_version,
        series.population,
        series.selection,
        series.theme,
        series.assessor,
        series.period_kind,
        series.period_start_on,
        max_by(
            case
                when earlier.scheme_version <> series.scheme_version then concat('version ', cast(earlier.scheme_version as string), ' of the scheme')
                when earlier.population <> series.population then concat('population ''', earlier.population, '''')
                when earlier.selection <> series.selection then concat('selection ''', earlier.selection, '''')
                when earlier.theme <> series.theme then concat('theme ''', earlier.theme, '''')
                else concat('assessor ''', earlier.assessor, '''')
            end,
            struct(
                earlier.period_start_on,
                earlier.scheme_version,
                earlier.population = series.population,
                earlier.selection = series.selection,
                earlier.theme = series.theme,
                earlier.population,
                earlier.selection,
                earlier.theme,
                earlier.assessor
            )
        ) as difference
    from series
    inner join series as earlier
        on
            series.scheme = earlier.scheme
            and series.period_kind = earlier.period_kind
            and series.period_start_on > earlier.period_start_on
    group by
        series.scheme, series.scheme_version, series.population, series.selection, series.theme, series.assessor, series.period_kind,
        series.period_start_on

),

reasoned as (

    select
        followed.*,
        case
            when followed.interval_reason is not null then followed.interval_reason
            when followed.previous_period_start_on is not null
                then concat('the period from ', cast(followed.previous_period_start_on as string), ': ', followed.previous_reason)
            when before.difference is not null then concat('what was judged before is of another kind: ', before.difference)
            else 'nothing was judged before'
        end as change_reason
    from followed
    left join before
        on
            followed.scheme = before.scheme
            and followed.scheme_version = before.scheme_version
            and followed.population = before.population
            and followed.selection = before.selection
            and followed.theme = before.theme
            and followed.assessor = before.assessor
            and followed.period_kind = before.period_kind
            and followed.period_start_on = before.period_start_on

),

measured as (

    select
        *,
        judgement_count / nullif(judgement_total_count, 0) as share,
        if(change_reason is null, previous_count / previous_total_count, null) as previous_share,
        if(interval_reason is null, share_interval(judgement_count, judgement_total_count), null) as share_between,
        if(change_reason is null, share_change(judgement_count, judgement_total_count, previous_count, previous_total_count), null) as change_between,
        case period_kind
            when 'quarter' then date_sub(add_months(period_start_on, 3), 1)
            else date_sub(add_months(period_start_on, 12), 1)
        end as period_end_on
    from reasoned

)

select
    measured.scheme,
    scheme_version,
    population,
    selection,
    theme,
    assessor,
    period_kind,
    case period_kind
        when 'quarter' then concat(cast(year(period_start_on) as string), ' Q', cast(quarter(period_start_on) as string))
        else concat(cast(year(period_start_on) as string), '/', date_format(period_end_on, 'yy'))
    end as period,
    period_start_on,
    period_end_on,
    grade,
    grade_rank,
    judgement_count,
    judgement_total_count,
    case_count,
    case_total_count,
    share,
    share_between.low as share_low,
    share_between.high as share_high,
    interval_reason,
    previous_period_start_on,
    previous_share,
    change_between.change as share_change,
    change_between.low as share_change_low,
    change_between.high as share_change_high,
    change_reason,
    stated_case_count,
    judgement_total_count - stated_case_count as stated_difference_count,
    judgement_total_count = stated_case_count as adds_up,
    period_end_on > :as_of_date as is_partial,
    false as is_provisional,
    contributor_count,
    scheme_coverage.data_as_at,
    scheme_coverage.unavailable_reason
from measured
inner join scheme_coverage
    on measured.scheme = scheme_coverage.scheme
