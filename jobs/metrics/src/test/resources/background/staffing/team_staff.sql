select
    line as item_key,
    unit,
    month_on,
    staff as staff_in_post
from posts
