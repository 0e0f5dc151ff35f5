-- Are we slower than before, or one kind of item slower than another, by more than chance?
-- Says: for each pair of groups that a queue declares in its definition, both medians with their 95 % intervals, the
--   log-rank test of the whole curves, and what it finds. p is the chance of so great a difference if both waited
--   alike, even if items of one case or person are not independent (variance: by contributor); p_adjusted is p times
--   the number of tests of that declaration, and the finding goes by it (below 0.05).
-- Cannot say: how large a difference is (read the medians), why it is there, or anything of groups that are not
--   declared. Two intervals that overlap, or do not, are no test. Choose what to compare before you look: each
--   declaration has its own one in twenty. With by cohort, items received lately are followed for less time: waits
--   beyond compared_to_days are not compared. Where few have left, p is rough, and the finding says so.
--   In a queue that is full and served in turn, waits wander although nothing has changed: there p is too small, and
--   mart.period_comparison says what can be told.
-- Null: p where there is no test; finding says why.
-- Grain: queue, comparison, first_group, second_group. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    comparison,
    title,
    group_meaning,
    first_group,
    second_group,
    within_slice,
    first_spell_count,
    first_median_days,
    first_median_low_days,
    first_median_high_days,
    second_spell_count,
    second_median_days,
    second_median_low_days,
    second_median_high_days,
    compared_to_days,
    chi_square,
    log10_p,
    power(10, log10_p) as p,
    variance,
    comparison_count,
    declared_on,
    power(10, log10_p_adjusted) as p_adjusted,
    case
        when log10_p is null then test_status
        when log10_p_adjusted >= log10(0.05) then 'no evident difference'
        when second_left_count < second_expected_count then second_group || ' waits longer'
        else second_group || ' waits less long'
    end
    || case when log10_p is null or test_status = 'ok' then '' else ' (rough: few have left)' end as finding,
    test_status,
    is_partial,
    data_as_at
from mart.wait_comparison
where :queue is null or queue = :queue
order by queue, comparison, first_group, second_group
