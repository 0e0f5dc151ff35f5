-- The columns of a view, in the order in which they are read. Grain: column_name.
-- Parameter: view, name. The view.
select column_name
from (describe :view) -- noqa: AL01
