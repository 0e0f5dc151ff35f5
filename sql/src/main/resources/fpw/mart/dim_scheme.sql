-- Grading schemes with the grades of every version.
-- Grain: scheme, scheme_version, grade. Parameters: none.
select
    scheme,
    scheme_version,
    title,
    description,
    valid_from,
    grade,
    grade_rank,
    grade_count
from scheme_grade
