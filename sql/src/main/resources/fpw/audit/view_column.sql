-- The columns of a view, in order. Grain: column_name.
-- Parameter: view, name. The view.
select column_name
from (describe :view) -- noqa: AL01
