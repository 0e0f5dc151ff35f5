-- What happened to each domestic-abuse case: received, then looked at for the first time or closed without a look.
-- Grain: item_key, event. Reads: referrals.
with

happened as (

    select
        referral_ref,
        risk_level,
        stack(
            3,
            'received', received_at, 1,
            'looked_at', first_looked_at, 2,
            'closed_unseen', closed_unseen_at, 3
        ) as (event, occurred_at, event_order)
    from referrals

)

select
    referral_ref as item_key,
    event,
    occurred_at,
    event_order,
    risk_level
from happened
where occurred_at is not null
