-- Rows of complete series: all totals, and series of slices chosen by a hash of the release and the series. Grain: that of the source.
-- Parameter: source, name. A table or view with series.
-- Parameter: release_id, text. The release.
-- Parameter: share, number. One in this many series is chosen.
select *
from :source
where slice = 'all' or hash(:release_id, queue, slice, slice_value) % :share = 0
