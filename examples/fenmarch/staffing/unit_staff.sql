-- Staff in post of each unit by month, as the personnel office states it.
-- Grain: item_key. Reads: staff_posts.
select
    line as item_key,
    unit,
    month_on,
    staff_in_post
from staff_posts
