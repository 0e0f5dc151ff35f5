-- What changed figures of the past, without the rows about earlier releases. Grain: that of mart.figure_change. Reads: added_change.
select *
from added_change
