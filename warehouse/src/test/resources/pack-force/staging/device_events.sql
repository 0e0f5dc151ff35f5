-- The system has a date for each step; how far a cancelled device had come follows from the dates before.
-- Grain: item_key, event. Reads: submissions.
with

happened as (

    select
        exhibit,
        case kind
            when 'PC' then 'computer'
            when 'HANDSET' then 'phone'
            when 'TABLET' then 'tablet'
            when 'HDD' then 'storage'
        end as device_type,
        stack(
            8,
            'received', booked_in, 1,
            'examination_started', started, 2,
            'examined', finished, 3,
            'result_given', reported, 4,
            'withdrawn_unexamined', if(started is null, cancelled, null), 5,
            'withdrawn_unfinished', if(started is not null and finished is null, cancelled, null), 5,
            'withdrawn_unreported', if(finished is not null, cancelled, null), 5,
            'reopened', more_asked, 6
        ) as (event, occurred_on, event_order)
    from submissions

)

select
    exhibit as item_key,
    event,
    occurred_on,
    event_order,
    device_type
from happened
where occurred_on is not null
