-- Judgements up to the business date. Those of items with a judgement that cannot be used are not here.
-- Grain: grading_id. Parameters: none.
with

usable as (

    select
        *,
        -- equal judgements are counted each; which of them is which makes no difference
        row_number() over (
            partition by
                grading, item_key, case_key, contributor_key, scheme, scheme_version, grade, theme, assessor, population, selection, judged_on,
                judgement_count, stated_case_count
            order by grading
        ) as copy_number
    from judgement
    where item_problem is null

)

select
    sha2(
        to_json(array(
            grading,
            item_key,
            case_key,
            contributor_key,
            scheme,
            cast(scheme_version as string),
            grade,
            theme,
            assessor,
            population,
            selection,
            cast(judged_on as string),
            coalesce(cast(judgement_count as string), ''),
            coalesce(cast(stated_case_count as string), ''),
            cast(copy_number as string)
        )),
        256
    ) as grading_id,
    grading,
    source,
    item_key,
    case_key,
    contributor_key,
    scheme,
    scheme_version,
    grade,
    grade_rank,
    theme,
    assessor,
    population,
    selection,
    judged_on,
    gives_counts,
    judgement_count,
    stated_case_count
from usable
