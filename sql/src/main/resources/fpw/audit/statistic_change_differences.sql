-- How many rows of mart.statistic_change list other values than the published tables of both releases, so that the first step does not begin at one
-- or the last does not end at the other. A value without a row in a release is null. One row. Reads: statistic_change, statistic of both releases.
-- Parameter: release_id, text. The new release.
select count(*) as difference_count
from statistic_change as listed
left join replaced.statistic as replaced
    on
        listed.queue = replaced.queue
        and listed.mart = replaced.mart
        and listed.slice = replaced.slice
        and listed.slice_value = replaced.slice_value
        and listed.standard = replaced.standard
        and listed.cohort = replaced.cohort
        and listed.measure = replaced.measure
left join main.statistic as published
    on
        listed.queue = published.queue
        and listed.mart = published.mart
        and listed.slice = published.slice
        and listed.slice_value = published.slice_value
        and listed.standard = published.standard
        and listed.cohort = published.cohort
        and listed.measure = published.measure
where
    listed.new_release_id = :release_id
    and (
        listed.replaced_value is distinct from replaced.figure
        or listed.new_value is distinct from published.figure
    )
