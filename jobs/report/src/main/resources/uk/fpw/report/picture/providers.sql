-- page: queue
-- after: units, outlook, stages, exits, standards, quarters
-- heading: With providers
-- says: What was sent to a provider, what came back examined or unexamined, and what is with it at the end of the month. A return is no rework of the force.
-- needs: mart.capacity_monthly.with_provider_count

-- picture: provider_table
-- kind: table
-- title: {title}, the latest twelve months
select
    title,
    month_start_on as "Month",
    sent_count as "Sent",
    returned_examined_count as "Returned examined",
    returned_unexamined_count as "Returned unexamined",
    with_provider_count as "With it at the end",
    if(is_partial, 'the month is not over', '') as "Note"
from mart.capacity_monthly
where queue = :queue and is_total and capacity_kind = 'provider'
qualify row_number() over (partition by capacity order by month_start_on desc) <= 12
order by title, month_start_on desc
