-- Values at entry as they were first released. Grain: item_key, entered_on, attribute, basis.
-- Parameter: files, files. The recorded values.
-- Parameter: released_runs, texts. Runs whose release was not withdrawn.
-- Parameter: withdrawn_loads, texts. Withdrawn loads, which no longer count.
select
    item_key,
    entered_on,
    attribute,
    basis,
    arg_min(value, run_id) as value
from read_parquet(:files, hive_partitioning = false, union_by_name = true)
where run_id in :released_runs and load_id not in :withdrawn_loads
group by item_key, entered_on, attribute, basis
