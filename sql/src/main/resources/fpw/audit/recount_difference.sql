-- Rows of a published table that differ from a definition of the counts: how many there are, and the first with its key and both values. One row,
-- or none if all are equal. Reads: the table, and the definition in schema defined.
-- Parameter: published_table, name. The published table.
-- Parameter: definition, name. The definition.
-- Parameter: available, expression. Condition on the table: rows with figures.
-- Parameter: published, expression. Condition on the table: rows that are compared.
-- Parameter: selected, expression. What is selected from the definition, as columns of the table.
-- Parameter: defined, expression. Condition on the definition: rows that are compared.
-- Parameter: computed, expression. Condition on a row, counted, of either: it is computed, not copied from the replaced release.
-- Parameter: columns, names. Compared columns, those of the key first.
-- Parameter: keys, names. Columns of the key.
-- Parameter: values, text. A regular expression that matches the other columns and _available.
with

side as (

    select
        'published' as _side,
        :available as _available,
        :columns
    from main.:published_table as counted -- noqa: AL05
    where (:published) and :computed
    union all
    select
        'defined',
        true,
        :columns
    from (
        select :selected
        from defined.:definition
        where :defined
    ) as counted
    where :computed

),

paired as (

    select
        :keys,
        bool_and(_available) as _is_compared,
        count(*) filter (_side = 'published') as _published_rows,
        count(*) filter (_side = 'defined') as _defined_rows,
        any_value(columns(:values)) filter (_side = 'published') as "_published_\1", -- noqa: RF05
        any_value(columns(:values)) filter (_side = 'defined') as "_defined_\1" -- noqa: RF05
    from side
    group by :keys

),

compared as (

    select
        *,
        row(*columns('^_published_')) as _published,
        row(*columns('^_defined_')) as _defined
    from paired
    where _is_compared

)

select
    count(*) over () as difference_count,
    * exclude (_is_compared, _published, _defined, _published__available, _defined__available)
from compared
where _published is distinct from _defined
order by all
limit 1
