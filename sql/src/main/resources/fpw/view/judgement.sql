-- Rows of the grading queries with what makes them unusable. If one judgement of an item is unusable, so are all of the item.
-- Grain: none (one row per row of a grading query). Parameters: :as_of_date.
with

version as (

    select distinct
        scheme,
        scheme_version,
        valid_from
    from scheme_grade

),

scheme as (

    select distinct scheme from scheme_grade

),

judged as (

    select
        graded_row.grading,
        graded_row.source,
        graded_row.item_key,
        graded_row.case_key,
        graded_row.contributor_key,
        graded_row.scheme,
        graded_row.scheme_version,
        graded_row.grade,
        scheme_grade.grade_rank,
        graded_row.theme,
        graded_row.assessor,
        graded_row.population,
        graded_row.selection,
        graded_row.judged_on,
        graded_row.gives_counts,
        graded_row.judgement_count,
        graded_row.stated_case_count,
        version.valid_from,
        case
            when graded_row.item_key is null then 'MISSING_ITEM'
            when graded_row.judged_on is null then 'MISSING_DATE'
            when scheme.scheme is null then 'UNKNOWN_SCHEME'
            when version.scheme is null then 'UNKNOWN_SCHEME_VERSION'
            when scheme_grade.grade is null then 'GRADE_NOT_IN_SCHEME'
            when graded_row.selection not in ('random', 'all', 'purposive', 'unknown') then 'UNKNOWN_SELECTION'
            when graded_row.judgement_count < 0 or graded_row.stated_case_count < 0 then 'INVALID_COUNT'
            when graded_row.judged_on < version.valid_from then 'BEFORE_SCHEME_VERSION'
            when graded_row.judged_on > :as_of_date then 'AFTER_BUSINESS_DATE'
        end as problem
    from graded_row
    left join scheme
        on graded_row.scheme = scheme.scheme
    left join version
        on
            graded_row.scheme = version.scheme
            and graded_row.scheme_version = version.scheme_version
    left join scheme_grade
        on
            graded_row.scheme = scheme_grade.scheme
            and graded_row.scheme_version = scheme_grade.scheme_version
            and graded_row.grade = scheme_grade.grade

)

select
    *,
    min(problem) over (partition by item_key) as item_problem,
    case problem
        when 'MISSING_ITEM' then 'without an item'
        when 'MISSING_DATE' then 'without a date'
        when 'UNKNOWN_SCHEME' then 'by a scheme that the force folder does not have'
        when 'UNKNOWN_SCHEME_VERSION' then concat('by a version that scheme ', scheme, ' does not have')
        when 'GRADE_NOT_IN_SCHEME' then concat('whose grade is not in version ', cast(scheme_version as string), ' of scheme ', scheme)
        when 'UNKNOWN_SELECTION' then 'whose selection is not random, all, purposive or unknown'
        when 'INVALID_COUNT' then 'with a count below 0'
        when 'BEFORE_SCHEME_VERSION'
            then concat(
                'dated before version ', cast(scheme_version as string), ' of scheme ', scheme, ' was valid, on ', cast(valid_from as string)
            )
        when 'AFTER_BUSINESS_DATE' then 'dated after the business date'
    end as problem_reason
from judged
