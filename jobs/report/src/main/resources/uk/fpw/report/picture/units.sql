-- page: queue
-- after: outlook, stages, exits, standards
-- heading: What units did, by staff in post
-- cannot say: Served by the staff of the same month: an examination may have begun months earlier, and people are trained before they examine. Below 5 full-time equivalents there is no figure by staff: it would be one of single people.
-- needs: mart.capacity_monthly.examined_per_staff

-- picture: around_changes
-- kind: sentences
-- query: served_per_staff_around_changes
-- needs: mart.change.change_kind
select
    'Around the change of ' || strftime(changed_on, '%-d %B %Y') || ' (' || regexp_replace(trim(what), '[.]$', '')
    || '): ' || printf('%.1f', examined_per_staff_before) || ' a month for each full-time equivalent in the '
    || month_count_before || if(month_count_before = 1, ' month', ' months') || ' before, '
    || printf('%.1f', examined_per_staff_after) || ' in the ' || month_count_after
    || if(month_count_after = 1, ' month', ' months') || ' after. That does not say that the change did it.' as sentence
from served_per_staff_around_changes
where staff_before >= 5 and staff_after >= 5

-- picture: unit
-- kind: lines
-- title: {title}: served by each full-time equivalent
-- unit: {units} a month
select
    title,
    'Served by each' as series,
    month_end_on as on_day,
    if(staff_in_post >= 5, examined_per_staff, null) as value,
    if(staff_in_post < 5, 'fewer than 5', examined_per_staff_reason) as reason,
    is_provisional,
    true as is_of_months
from mart.capacity_monthly
where queue = :queue and is_total and capacity_kind = 'unit'
qualify row_number() over (partition by capacity order by month_start_on desc) <= 24
order by title, month_start_on

-- picture: unit_table
-- kind: table
-- title: {title}, the latest two years
select
    title,
    month_start_on as "Month",
    examined_count as "Served",
    if(staff_in_post < 5, '', coalesce(printf('%.1f', staff_in_post), 'not available')) as "Full-time equivalents",
    if(staff_in_post < 5, '', coalesce(printf('%.1f', examined_per_staff), 'not available')) as "Served by each",
    case
        when staff_in_post < 5 then 'fewer than 5'
        when examined_per_staff_reason is not null then examined_per_staff_reason
        when is_provisional then 'late records are still expected'
        else ''
    end as "Why not"
from mart.capacity_monthly
where queue = :queue and is_total and capacity_kind = 'unit'
qualify row_number() over (partition by capacity order by month_start_on desc) <= 24
order by title, month_start_on desc
