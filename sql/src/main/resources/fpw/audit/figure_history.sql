-- Past figures that changed: rows about earlier releases since a day, and the new ones. Grain: that of mart.figure_change. Reads: earlier_change,
-- added_change.
-- Parameter: since, date. Rows about releases with an earlier business date are left out.
select *
from earlier_change
where new_as_at >= :since
union all
select *
from added_change
