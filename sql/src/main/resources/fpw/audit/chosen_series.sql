-- Rows of complete series: all totals, and series of slices selected by a hash of the release and the series. Grain: that of the source.
-- Parameter: source, name. A table or view with series.
-- Parameter: release_id, text. The release.
-- Parameter: share, number. One of so many series is selected.
select *
from :source
where slice = 'all' or hash(:release_id, queue, slice, slice_value) % :share = 0
