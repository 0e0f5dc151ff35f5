-- The columns of a view, in their order. Grain: column_name.
-- Parameter: view, name. The view.
select column_name
from (describe :view) -- noqa: AL01
