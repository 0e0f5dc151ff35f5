-- Past figures that changed, without the rows about earlier releases. Grain: that of mart.figure_change. Reads: added_change.
select *
from added_change
