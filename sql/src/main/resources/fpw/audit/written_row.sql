-- The rows of a view or table with the columns of a model. Grain: that of the model.
-- Parameter: columns, expression. Each column of the model, with its type.
-- Parameter: source, name. The view or table, with columns of these names.
-- Parameter: sort_columns, names. Columns by which rows are sorted.
select :columns
from :source
order by :sort_columns
