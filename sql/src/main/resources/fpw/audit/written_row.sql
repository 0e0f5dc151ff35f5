-- The rows of a view or table as they are written, in the columns of a model. Grain: that of the model.
-- Parameter: columns, expression. Each column of the model, with its type.
-- Parameter: source, name. The view or table; it has the columns by their names.
-- Parameter: sort_columns, names. Columns by which rows are sorted.
select :columns
from :source
order by :sort_columns
