-- Days after the end of a month: those for which shares are published, and the ages of the months that are younger than the longest of these.
-- Grain: days_after. Reads: settling_figure, business_date.
-- Parameter: lags, numbers. Days for which shares are published.
-- Parameter: final_after_days, number. Age of a month, in days, from which its count is final.
select
    days_after,
    bool_or(is_published) as is_published
from (
    select
        unnest(:lags) as days_after,
        true as is_published
    union all
    select
        cast(run.day - figure.month_end_on as integer) as days_after,
        false as is_published
    from settling_figure as figure
    cross join main.business_date as run
    where figure.month_end_on < run.day and figure.month_end_on + :final_after_days > run.day
)
group by days_after
